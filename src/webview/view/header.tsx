import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RunState } from '../../core/trace.ts';
import { stateOf } from '../../core/trace.ts';
import { digits, t } from '../l10n.ts';
import { seconds } from '../model/clock.ts';
import { factsOf } from '../model/facts.ts';
import type { Facts } from '../model/facts.ts';
import { costWords, usageLines } from '../model/usage.ts';
import type { Run } from '../run.ts';
import type { Store } from '../store.ts';
import { plain } from './hidden.tsx';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';
import { heed } from '../heed.ts';

function visibilityName(visibility: Facts['visibility']): string | null {
  switch (visibility) {
    case 'raw':
      return t('raw reasoning');
    case 'summary':
      return t('summary of the reasoning');
    case 'encrypted':
      return t('encrypted reasoning');
    case 'redacted':
      return t('redacted reasoning');
    case 'withheld':
      return t('withheld reasoning');
    case 'edited':
      return t('edited reasoning');
    case 'mixed':
      return t('reasoning shown in part');
    case null:
      return null;
  }
}

export function stateName(state: RunState): string {
  switch (state) {
    case 'idle':
      return t('Ready');
    case 'thinking':
      return t('Thinking');
    case 'answering':
      return t('Answering');
    case 'done':
      return t('Done');
    case 'stopped':
      return t('Stopped');
    case 'cutoff':
      return t('Cut off');
    case 'failed':
      return t('Failed');
  }
}

/** Milliseconds between two turns of the clock while a run lives. */
const TICK = 100;

export function Header({ store }: { store: Store }): JSX.Element | null {
  const tick = useSignal(0);
  const live = store.live.value;
  useEffect(() => {
    if (!live) return undefined;
    const timer = setInterval(() => tick.value++, TICK);
    return () => clearInterval(timer);
  }, [live]);
  const run = store.run.value;
  const shown = store.shown.value;
  if (run === null || shown === null) return null;
  heed(store.shape, tick);
  const tokens = live ? store.tokens.peek() : store.tokens.value;
  const { trace } = run.inspection;
  const { request } = shown.head;
  const facts = factsOf(trace, live, trace.lastAt + (live ? performance.now() - run.heardAt : 0), tokens);
  const visibility = visibilityName(facts.visibility);
  const usage = live ? [] : usageLines(trace, facts);
  return (
    <header class="header">
      <h1>
        <strong>{plain(trace.serverModel ?? request.model)}</strong>
        <span class="dim">
          {' '}
          {t('on {0}', request.endpoint)}
          {visibility === null ? '' : `, ${visibility}`}
          {shown.label === null ? '' : `, ${shown.label}`}
        </span>
      </h1>
      <span class="figures" dir="auto" title={usage.join('\n')}>
        <Figures facts={facts} live={live} cost={live ? null : costWords(trace)} />
        <span class="sr-only">{usage.join('; ')}</span>
      </span>
      <span class="tools">
        {!shown.readOnly && (
          <button
            type="button"
            class="tool"
            aria-label={t('Save trace to workspace')}
            title={t('Save trace to workspace')}
            onClick={() => store.tell.save()}
          >
            <Icon name="save" />
          </button>
        )}
        <button
          type="button"
          class="tool"
          aria-label={t('Open in editor')}
          title={t('Open in editor')}
          onClick={() => store.tell.openInEditor()}
        >
          <Icon name="editor" />
        </button>
        <Menu store={store} />
      </span>
    </header>
  );
}

function Figures({ facts, live, cost }: { facts: Facts; live: boolean; cost: string | null }): JSX.Element {
  const { state, thinkingMs, reasoningTokens, estimated, rate, waitingMs, answerMs } = facts;
  const dot = <span class="dot"> · </span>;
  const tokens = reasoningTokens === null ? null : `${estimated ? '≈ ' : ''}${digits(reasoningTokens)}`;
  if (waitingMs !== null)
    return (
      <>
        <span class="pulse" aria-hidden="true" /> {t('waiting for the first token')} <b>{seconds(waitingMs)}</b>
      </>
    );
  return (
    <>
      {live && <span class="pulse" aria-hidden="true" />}
      {!live && state !== 'done' && <span class={`state ${state}`}>{stateName(state)}</span>}
      {!live && state !== 'done' && thinkingMs !== null && dot}
      {thinkingMs !== null && (
        <>
          {state === 'thinking' && live ? t('thinking') : t('thought')} <b>{seconds(thinkingMs)}</b>
        </>
      )}
      {tokens !== null && (
        <>
          {(thinkingMs !== null || (!live && state !== 'done')) && dot}
          <b>{tokens}</b> {t('tokens')}
        </>
      )}
      {live && state === 'thinking' && rate !== null && (
        <>
          {dot}
          {t('{0}/s', rate)}
        </>
      )}
      {answerMs !== null && (
        <span class={live ? '' : 'answered'}>
          {(thinkingMs !== null || tokens !== null) && dot}
          {live ? t('answering') : t('answered in')} <b>{seconds(answerMs)}</b>
        </span>
      )}
      {cost !== null && (
        <>
          {dot}
          {cost}
        </>
      )}
    </>
  );
}

/** Says changes of state, and nothing else, to those who do not see them. */
export function Status({ store }: { store: Store }): JSX.Element {
  heed(store.shape);
  const run: Run | null = store.run.value;
  const state: RunState = run === null ? 'idle' : stateOf(run.inspection.trace);
  const said = store.said.value;
  const spoken = useRef<{ state: RunState; said: string | null; text: string }>({ state: 'idle', said: null, text: '' });
  // a passing sentence leaves nothing behind: the state, which has been told, would be told again
  const { current } = spoken;
  if (current.state !== state) spoken.current = { state, said, text: stateName(state) };
  else if (current.said !== said) spoken.current = { state, said, text: said ?? '' };
  return (
    <div role="status" class="sr-only" data-state={state}>
      {spoken.current.text}
    </div>
  );
}
