import * as vscode from 'vscode';
import { exposureAdvice } from '../providers/advice.ts';
import { needsKey } from '../providers/presets.ts';
import type { SendBackChoice } from '../core/conversation.ts';
import { followUp } from '../core/conversation.ts';
import { costOf } from '../core/cost.ts';
import type { TraceEvent } from '../core/events.ts';
import type { Effort, Message, Trace, TraceHead } from '../core/trace.ts';
import type { ContextItem } from './context.ts';
import { messageOf } from './context.ts';
import type { Choice } from './endpoints.ts';
import { confirmAddress, isKnownModel, parseModel } from './endpoints.ts';
import { EDITOR_ENDPOINT, askEditorModel, isEditorModel } from './language-models.ts';
import type { PickOptions } from './pick-model.ts';
import type { Recorder } from './recorder.ts';
import { createRecorder, keepRecorder } from './recorder.ts';
import type { Report } from './report.ts';
import type { Run } from './run.ts';
import { startRun } from './run.ts';
import { readSettings, settingsWritten } from './settings.ts';

export type AskOptions = PickOptions & { readonly report: Report };

export interface Question {
  readonly prompt: string;
  /** `"<endpoint>/<model>"`; the setting when absent. */
  readonly model?: string;
  readonly effort?: Effort;
  readonly context: readonly ContextItem[];
  /** What is sent in the place of prompt, context and system prompt. */
  readonly messages?: readonly Message[];
  /** The trace that this question follows up on. */
  readonly follows?: { readonly trace: Trace; readonly choice: SendBackChoice };
}

/** Whether anything may be sent from this window; says why when not. */
export async function maySend(report: Report): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const choice = await report.warn(
    vscode.l10n.t('Nothing is sent from a workspace that you have not trusted. Saved traces can be read all the same.'),
    manage,
  );
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

/** What a question becomes: where it goes and what is known before the first event. */
export interface Prepared {
  readonly head: TraceHead;
  /** The key that is sent, which no recording may hold. */
  readonly secrets: readonly string[];
  /** What the reader may do when the model showed nothing of what it thought; null when there is nothing to say. */
  readonly advice?: (trace: Trace) => string | null;
  readonly source: (signal: AbortSignal) => AsyncIterable<TraceEvent>;
}

/** A run with what may be said about it when it is over. */
export interface AskedRun {
  readonly run: Run;
  readonly advice: () => string | null;
}

/** Asks for whatever is missing, then starts the request. Undefined when the user turned back. */
export async function startQuestion(question: Question, options: AskOptions): Promise<AskedRun | undefined> {
  const { report } = options;
  if (!(await maySend(report))) return undefined;
  const wanted = await chooseModel(question.model, options);
  if (wanted === undefined) return undefined;
  const recorder = readSettings().recordWire ? createRecorder() : undefined;
  const prepared = isEditorModel(wanted) ? prepareEditor(question, wanted) : await prepareEndpoint(question, wanted, options, recorder);
  if (prepared === undefined) return undefined;
  const { head, source } = prepared;
  const price = readSettings().prices[wanted];
  report.log.info(`asking ${head.request.model} at ${head.request.origin} (${head.request.api})`);
  const run = startRun({
    head,
    now: () => performance.now(),
    async *source(signal): AsyncGenerator<TraceEvent> {
      for await (const event of source(signal)) {
        if (event.type === 'error') report.log.warn(`${head.request.model}: ${event.failure.code} ${event.failure.status ?? ''}`);
        const cost = event.type === 'usage' && price !== undefined ? costOf(event.usage, price) : undefined;
        yield event.type === 'usage' && cost !== undefined ? { ...event, usage: { ...event.usage, cost } } : event;
      }
    },
  });
  if (recorder !== undefined) keepRecorder(run, recorder, prepared.secrets);
  return { run, advice: () => prepared.advice?.(run.trace) ?? null };
}

/** Asks for whatever is missing and makes the request ready, without sending it. Undefined when the user turned back. */
export async function prepare(question: Question, options: AskOptions): Promise<Prepared | undefined> {
  const wanted = await chooseModel(question.model, options);
  if (wanted === undefined) return undefined;
  return isEditorModel(wanted) ? prepareEditor(question, wanted) : prepareEndpoint(question, wanted, options, undefined);
}

async function prepareEndpoint(
  question: Question,
  wanted: string,
  options: AskOptions,
  recorder: Recorder | undefined,
): Promise<Prepared | undefined> {
  const { keys, platform, confirmed } = options;
  const choice = parseModel(wanted);
  if (choice === undefined || !(await confirmAddress(choice.endpoint, confirmed))) return undefined;
  const { endpoint, model } = choice;
  const key = (await keys.get(endpoint.baseUrl)) ?? (needsKey(endpoint) ? await askForKey(choice, options) : undefined);
  if (key === undefined && needsKey(endpoint)) return undefined;
  const { maxTokens, effort: preset } = readSettings();
  const effort = question.effort ?? preset;
  const { origin } = new URL(endpoint.baseUrl);
  const parameters = { effort, ...(maxTokens === undefined ? {} : { maxTokens }) };
  const messages = messagesOf(question);
  const request = {
    endpoint,
    model,
    messages,
    ...parameters,
    ...(question.follows === undefined ? {} : { sendBack: question.follows.choice }),
    ...(key === undefined ? {} : { key }),
    // the user was asked about plain http above
    allowPlainHttp: confirmed.has(origin),
  };
  return {
    secrets: key === undefined ? [] : [key],
    advice: (trace) => exposureAdvice(trace, endpoint, trace.serverModel ?? model),
    head: headOf(question, { endpoint: endpoint.name, origin, api: endpoint.api, model, parameters, messages }),
    async *source(signal) {
      const client = await platform.loadClient();
      yield* client.ask(request, { signal, ...(recorder === undefined ? {} : { onBytes: recorder.take }) });
    },
  };
}

/** A model of VS Code itself: no address, no key, no parameters. */
function prepareEditor(question: Question, wanted: string): Prepared {
  const messages = messagesOf(question);
  const model = wanted.slice(EDITOR_ENDPOINT.length + 1);
  return {
    secrets: [],
    head: headOf(question, { endpoint: EDITOR_ENDPOINT, origin: 'vscode.lm', api: 'chat', model, parameters: {}, messages }),
    source: (signal) => askEditorModel(wanted, messages, signal),
  };
}

function messagesOf({ prompt, context, follows, messages }: Question): Message[] {
  if (messages !== undefined) return [...messages];
  const content = messageOf(prompt, context);
  if (follows !== undefined) return followUp(follows.trace, content, follows.choice);
  const { systemPrompt } = readSettings();
  return [...(systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt } as const]), { role: 'user', content }];
}

function headOf(question: Question, request: TraceHead['request']): TraceHead {
  return { id: crypto.randomUUID(), createdAt: new Date().toISOString(), title: titleOf(question.prompt), request, origin: null };
}

async function chooseModel(asked: string | undefined, options: AskOptions): Promise<string | undefined> {
  // whoever chose a model and asks at once means that one
  await settingsWritten();
  const wanted = asked ?? readSettings().model;
  if (isKnownModel(wanted)) return wanted;
  if (wanted !== '') void options.report.warn(vscode.l10n.t('There is no endpoint for the model “{0}”; choose another.', wanted));
  const { pickModel } = await import('./pick-model.ts');
  return pickModel(options);
}

/** Asks for the key of an endpoint and stores it. Undefined when the user turned back. */
export async function askForKey({ endpoint }: Pick<Choice, 'endpoint'>, { keys }: PickOptions): Promise<string | undefined> {
  const { origin } = new URL(endpoint.baseUrl);
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('API Key for {0}', endpoint.name),
    prompt:
      vscode.l10n.t('Kept in VS Code’s secret storage, sent to {0} only.', origin) +
      (endpoint.keyUrl === undefined ? '' : ` ${vscode.l10n.t('Get one at {0}', endpoint.keyUrl)}`),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined || key.trim() === '') return undefined;
  await keys.set(endpoint.baseUrl, key);
  return key.trim();
}

/** The first line of the prompt, short enough for a title. */
export function titleOf(prompt: string): string {
  const line =
    prompt
      .split('\n')
      .find((l) => l.trim() !== '')
      ?.trim() ?? vscode.l10n.t('Untitled question');
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}
