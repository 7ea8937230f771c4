import { readFailure } from '../../core/failures.ts';
import type { Trace } from '../../core/trace.ts';
import { stateOf } from '../../core/trace.ts';
import type { ComposerState } from '../../protocol/messages.ts';
import { digits, t, translated } from '../l10n.ts';

/** What a button in a notice does. */
export type NoticeAction = 'select-model' | 'set-key' | 'sample' | 'open-trace' | 'ask-again' | 'show-log';

/** A sentence about how things stand, and what to do next. */
export interface Notice {
  readonly tone: 'info' | 'warning' | 'error' | 'locked';
  readonly title: string;
  readonly text: string;
  readonly detail?: string;
  readonly actions: readonly NoticeAction[];
}

/** What to say where there is no trace yet. */
export function emptyNotice(composer: ComposerState | null): Notice {
  if (composer !== null && !composer.canAsk)
    return {
      tone: 'locked',
      title: t('This workspace is not trusted'),
      text: t('Saved traces can be read here. Nothing is sent to a model and nothing is written until you trust the workspace.'),
      actions: ['sample', 'open-trace'],
    };
  if (composer?.missing === 'model')
    return {
      tone: 'info',
      title: t('No model is chosen yet'),
      text: t(
        'Choose a model in the cloud, on a server of yours or on this machine. Or look at a sample first: it needs no key and no network.',
      ),
      actions: ['select-model', 'sample'],
    };
  if (composer?.missing === 'key')
    return {
      tone: 'info',
      title: t('{0} needs an API key', composer.model ?? t('This model')),
      text: t('The key is kept in the secret storage of VS Code and sent to this model’s server only.'),
      actions: ['set-key', 'select-model', 'sample'],
    };
  return {
    tone: 'info',
    title: t('See how a model gets to its answer'),
    text: t(
      'Ask a question. The model’s chain of thought appears as a foldable tree while it thinks, with what to look at twice: changes of mind, assumptions, doubts that were never settled.',
    ),
    actions: ['sample', 'open-trace'],
  };
}

/** What a failure says, in the reader's language where the sentence is one of ours. */
function messageOfFailure(message: string): string {
  const read = translated() ? readFailure(message) : null;
  return read === null ? message : t(read.template, ...read.args);
}

/** What to say above a trace that did not end as it should; null when all is well. */
export function endNotice(trace: Trace, live: boolean): Notice | null {
  const state = stateOf(trace);
  const hasAnswer = trace.parts.some((part) => part.kind === 'answer' && part.text.trim() !== '');
  const hasText = trace.parts.some((part) => part.text !== '');
  if (trace.failure !== null) {
    const { code, message, detail, status, retryAfterMs } = trace.failure;
    const again = retryAfterMs === undefined ? '' : ` ${t('The server accepts another try in {0} s.', Math.ceil(retryAfterMs / 1000))}`;
    return {
      tone: 'error',
      title: hasText ? t('The answer broke off') : t('No answer came'),
      text: messageOfFailure(message) + again + (hasText ? ` ${t('What had arrived is kept below.')}` : ''),
      ...(detail === undefined ? {} : { detail: status === undefined ? detail : `${status}: ${detail}` }),
      actions:
        code === 'no-key' || code === 'unauthorized' || code === 'forbidden'
          ? ['set-key', 'select-model', 'show-log']
          : code === 'not-found' || code === 'payment'
            ? ['select-model', 'show-log']
            : ['ask-again', 'show-log'],
    };
  }
  if (live && trace.finish === null) return null;
  if (trace.finish === null)
    return {
      tone: 'warning',
      title: t('The recording ends here'),
      text: t('This run was interrupted before it ended. What had arrived is kept below.'),
      actions: ['ask-again'],
    };
  if (state === 'cutoff')
    return {
      tone: 'warning',
      title: trace.finish.reason === 'length' ? t('Cut off at the token limit') : t('The stream ended without an end mark'),
      text:
        trace.finish.reason !== 'length'
          ? t('The connection closed before the model said that it was done, so the text may be incomplete.')
          : hasAnswer
            ? t('The answer stops in the middle. Raise the limit (setting “Max Tokens”) or ask for less effort.')
            : t(
                'The reasoning used up all the tokens and no answer was written. Raise the limit (setting “Max Tokens”) or ask for less effort.',
              ),
      actions: ['ask-again'],
    };
  if (state === 'stopped')
    return hasAnswer
      ? null
      : { tone: 'info', title: t('Stopped by you'), text: t('What had arrived is kept. Ask again to start over.'), actions: ['ask-again'] };
  if (trace.finish.reason === 'content-filter')
    return { tone: 'warning', title: t('Ended by the provider’s content filter'), text: t('The text may be incomplete.'), actions: [] };
  if (!hasAnswer && trace.finish.reason !== 'tool-calls')
    return {
      tone: 'warning',
      title: t('The model ended without an answer'),
      text: t('It may need another prompt, or more tokens.'),
      actions: ['ask-again'],
    };
  return null;
}

/** What to say in the place of the tree when there is no reasoning to read; null when there is. */
export function reasoningNotice(trace: Trace, live: boolean): Notice | null {
  const parts = trace.parts.filter((part) => part.kind === 'reasoning');
  if (parts.some((part) => part.text !== '')) return null;
  if (parts.some((part) => part.visibility === 'encrypted'))
    return {
      tone: 'locked',
      title: t('The reasoning is encrypted'),
      text: t(
        'The model thought, but its provider sends the reasoning as bytes that only the provider can read. They are kept for follow-up questions. Some providers show a summary when asked for one.',
      ),
      actions: [],
    };
  if (parts.some((part) => part.visibility === 'redacted'))
    return { tone: 'locked', title: t('The reasoning was removed'), text: t('A safety filter of the provider removed it.'), actions: [] };
  const counted = trace.usage.reasoningTokens ?? 0;
  if (parts.length > 0 || counted > 0) {
    if (live && trace.finish === null && counted === 0) return null;
    return {
      tone: 'locked',
      title: t('The reasoning is withheld'),
      text:
        counted > 0
          ? t('The provider counted {0} tokens of reasoning but does not send them.', digits(counted))
          : t('The model thought, but its provider does not send what it thought.'),
      actions: [],
    };
  }
  if (live && trace.finish === null && !trace.parts.some((part) => part.kind === 'answer')) return null;
  if (trace.failure !== null && trace.parts.length === 0) return null;
  return {
    tone: 'info',
    title: t('This model sent no reasoning'),
    text: t(
      'It answered at once, or its server does not expose what it thinks. A reasoning model, or a higher effort, shows its chain of thought here.',
    ),
    actions: ['select-model'],
  };
}
