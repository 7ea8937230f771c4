import * as vscode from 'vscode';
import { needsKey } from '../providers/presets.ts';
import type { TraceEvent } from '../core/events.ts';
import type { Effort, Message, TraceHead } from '../core/trace.ts';
import type { ContextItem } from './context.ts';
import { messageOf } from './context.ts';
import type { Choice } from './endpoints.ts';
import { confirmAddress, parseModel } from './endpoints.ts';
import type { PickOptions } from './pick-model.ts';
import { pickModel } from './pick-model.ts';
import type { Report } from './report.ts';
import type { Run } from './run.ts';
import { startRun } from './run.ts';
import { readSettings } from './settings.ts';

export interface Question {
  readonly prompt: string;
  /** `"<endpoint>/<model>"`; the setting when absent. */
  readonly model?: string;
  readonly effort?: Effort;
  readonly context: readonly ContextItem[];
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

/** Asks for whatever is missing, then starts the request. Undefined when the user turned back. */
export async function startQuestion(question: Question, options: PickOptions & { readonly report: Report }): Promise<Run | undefined> {
  const { keys, platform, confirmed, report } = options;
  if (!(await maySend(report))) return undefined;
  const choice = await chooseModel(question.model, options);
  if (choice === undefined) return undefined;
  const { endpoint, model } = choice;
  if (!(await confirmAddress(endpoint, confirmed))) return undefined;
  let key = await keys.get(endpoint.baseUrl);
  if (key === undefined && needsKey(endpoint)) {
    key = await askForKey(choice, options);
    if (key === undefined) return undefined;
  }
  const settings = readSettings();
  const effort = question.effort ?? settings.effort;
  const messages: Message[] = [
    ...(settings.systemPrompt.trim() === '' ? [] : [{ role: 'system', content: settings.systemPrompt } as const]),
    { role: 'user', content: messageOf(question.prompt, question.context) },
  ];
  const head: TraceHead = {
    id: crypto.randomUUID(),
    createdAt: new Date().toISOString(),
    title: titleOf(question.prompt),
    request: {
      endpoint: endpoint.name,
      origin: new URL(endpoint.baseUrl).origin,
      api: endpoint.api,
      model,
      parameters: { effort, ...(settings.maxTokens === undefined ? {} : { maxTokens: settings.maxTokens }) },
      messages,
    },
    origin: null,
  };
  report.log.info(`asking ${model} at ${head.request.origin} (${endpoint.api}, effort ${effort})`);
  const request = {
    endpoint,
    model,
    messages,
    effort,
    ...(settings.maxTokens === undefined ? {} : { maxTokens: settings.maxTokens }),
    ...(key === undefined ? {} : { key }),
    // the user was asked about plain http above
    allowPlainHttp: confirmed.has(head.request.origin),
  };
  return startRun({
    head,
    now: () => performance.now(),
    async *source(signal): AsyncGenerator<TraceEvent> {
      const client = await platform.loadClient();
      for await (const event of client.ask(request, { signal })) {
        if (event.type === 'error')
          report.log.warn(`${model} at ${head.request.origin}: ${event.failure.code} ${event.failure.status ?? ''}`);
        yield event;
      }
    },
  });
}

async function chooseModel(asked: string | undefined, options: PickOptions & { readonly report: Report }): Promise<Choice | undefined> {
  const wanted = asked ?? readSettings().model;
  const known = wanted === '' ? undefined : parseModel(wanted);
  if (known !== undefined) return known;
  if (wanted !== '') void options.report.warn(vscode.l10n.t('There is no endpoint for the model “{0}”; choose another.', wanted));
  const picked = await pickModel(options);
  return picked === undefined ? undefined : parseModel(picked);
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
