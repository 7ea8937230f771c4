import { estimateTokenCount } from 'tokenx';
import * as vscode from 'vscode';
import type { Explainable } from '../core/explain.ts';
import { explainMessages } from '../core/explain.ts';
import { promptOf } from '../core/inspection.ts';
import { textOf } from '../core/trace.ts';
import type { AskOptions } from './asker.ts';
import { maySend, prepare } from './asker.ts';
import { takeExplanation } from './explanation.ts';
import type { OpenTrace } from './open-trace.ts';
import { newNonce } from './policy.ts';
import { plain } from './report.ts';
import { analysisOf } from './save.ts';
import { readSettings } from './settings.ts';

/**
 * Asks the chosen model what it thinks of a finished trace, after saying what will be sent and where. What comes back is
 * kept beside the analysis and acted upon in no other way. True when something was kept.
 */
export async function explainTrace(open: OpenTrace, options: AskOptions): Promise<boolean> {
  const { report, platform } = options;
  if (!(await maySend(report))) return false;
  const { trace } = open.run;
  if (open.run.live() || open.readOnly) {
    void report.info(
      open.readOnly
        ? vscode.l10n.t('This file was not written by this version, so nothing is added to it.')
        : vscode.l10n.t('The trace is still growing; explain it when it is done.'),
    );
    return false;
  }
  const reasoning = textOf(trace.parts, 'reasoning');
  if (reasoning.trim() === '') {
    void report.info(vscode.l10n.t('This trace shows no reasoning that could be explained.'));
    return false;
  }
  const explainable: Explainable = {
    prompt: promptOf(trace.head),
    reasoning,
    answer: textOf(trace.parts, 'answer'),
    analysis: await analysisOf(open, platform),
  };
  const messages = explainMessages(explainable, newNonce(), { redact: readSettings().redactSecrets });
  const prepared = await prepare({ prompt: trace.head.title, context: [], messages }, options);
  if (prepared === undefined || !(await maySendAll(prepared.head.request, messages, explainable.analysis.steps.length))) return false;
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: plain(vscode.l10n.t('{0} explains the trace', prepared.head.request.model)),
      cancellable: true,
    },
    async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return takeExplanation(prepared.source(abort.signal), explainable, {
        head: prepared.head,
        at: new Date().toISOString(),
        say: (english, ...args) => vscode.l10n.t(english, ...args),
      });
    },
  );
  if (!result.ok) {
    if (!result.stopped) void report.error(result.message);
    return false;
  }
  const { explanation } = result;
  open.run.explanation = explanation;
  const { kinds, titles, findings, dropped } = explanation;
  const found = vscode.l10n.t(
    '{0} answered. Kinds of steps seen otherwise: {1}; titles: {2}; findings: {3}.',
    explanation.by,
    kinds.length,
    titles.length,
    findings.length,
  );
  const left = dropped === 0 ? '' : ` ${vscode.l10n.t('Left out because it did not fit: {0}.', dropped)}`;
  void report.info(found + left);
  return true;
}

/** Says in a dialogue what goes where, and asks. */
async function maySendAll(
  { model, endpoint, origin }: { readonly model: string; readonly endpoint: string; readonly origin: string },
  messages: readonly { readonly content: string }[],
  steps: number,
): Promise<boolean> {
  const tokens = messages.reduce((sum, { content }) => sum + estimateTokenCount(content), 0);
  const send = vscode.l10n.t('Send');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Send about {0} tokens to {1} on {2}?', tokens, model, endpoint),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The question, {0} steps of reasoning and the answer go to {1}. What comes back is kept in the trace, marked as the model’s; the analysis made here stays as it is.',
        steps,
        origin,
      ),
    },
    send,
  );
  return choice === send;
}
