import * as vscode from 'vscode';
import type { TraceEvent } from '../core/events.ts';
import type { Message } from '../core/trace.ts';

/** Models that VS Code itself offers are named like those of an endpoint with this name. */
export const EDITOR_ENDPOINT = 'VS Code';

export function isEditorModel(model: string): boolean {
  return model.startsWith(`${EDITOR_ENDPOINT}/`) && model.length > EDITOR_ENDPOINT.length + 1;
}

/** The ids of the models that VS Code offers; none where it has no such thing. */
export async function editorModels(): Promise<{ id: string; detail: string }[]> {
  // absent in older and in reduced builds of VS Code, whatever the typings say
  const lm = vscode.lm as typeof vscode.lm | undefined;
  if (typeof lm?.selectChatModels !== 'function') return [];
  const models = await lm.selectChatModels();
  return models.map(({ id, vendor, family }) => ({ id, detail: [vendor, family].filter(Boolean).join(' · ') }));
}

/** What streams from a model: text, reasoning where VS Code has a class for it, and parts that we pass over. */
type ThinkingPart = new (...args: never[]) => { readonly value: string | readonly string[] };

/** Asks a model of VS Code. The stable API names no reasoning; where the running version has it, it is shown. */
export async function* askEditorModel(model: string, messages: readonly Message[], signal: AbortSignal): AsyncGenerator<TraceEvent> {
  const id = model.slice(EDITOR_ENDPOINT.length + 1);
  const [chat] = await vscode.lm.selectChatModels({ id });
  if (chat === undefined) {
    const message = vscode.l10n.t('VS Code offers no model “{0}” now; choose another.', id);
    yield { type: 'error', failure: { code: 'not-found', message } };
    return;
  }
  const cancel = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => cancel.cancel());
  const thinking = (vscode as unknown as { LanguageModelThinkingPart?: ThinkingPart }).LanguageModelThinkingPart;
  let open = null as { part: number; kind: 'reasoning' | 'answer' } | null;
  let parts = 0;
  try {
    const turns = messages.map(({ role, content }) =>
      role === 'assistant' ? vscode.LanguageModelChatMessage.Assistant(content) : vscode.LanguageModelChatMessage.User(content),
    );
    const response = await chat.sendRequest(turns, {}, cancel.token);
    yield { type: 'model', model: chat.name };
    for await (const chunk of response.stream) {
      const reasoned = thinking !== undefined && chunk instanceof thinking;
      const text = reasoned ? [chunk.value].flat().join('') : chunk instanceof vscode.LanguageModelTextPart ? chunk.value : '';
      if (text === '') continue;
      const kind = reasoned ? 'reasoning' : 'answer';
      if (open?.kind !== kind) {
        if (open !== null) yield { type: 'close', part: open.part };
        open = { part: parts++, kind };
        yield { type: 'open', ...open, visibility: 'raw' };
      }
      yield { type: 'text', part: open.part, text };
    }
    yield { type: 'finish', reason: signal.aborted ? 'stopped' : 'stop' };
  } catch (error) {
    if (signal.aborted) yield { type: 'finish', reason: 'stopped' };
    else yield { type: 'error', failure: { code: 'unknown', message: sentenceOf(error) } };
  } finally {
    cancel.dispose();
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof vscode.LanguageModelError) {
    if (error.code === vscode.LanguageModelError.NoPermissions.name)
      return vscode.l10n.t('VS Code was not allowed to use this model; ask again and allow it.');
    if (error.code === vscode.LanguageModelError.Blocked.name)
      return vscode.l10n.t('VS Code’s model is blocked or its quota is used up; choose another model or ask later.');
  }
  return vscode.l10n.t(
    'VS Code’s model failed ({0}); ask again or choose another.',
    error instanceof Error ? error.message : String(error),
  );
}
