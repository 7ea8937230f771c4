import * as vscode from 'vscode';
import type { SendBackChoice } from '../core/conversation.ts';
import type { Trace } from '../core/trace.ts';
import { goesBack } from '../providers/follow-up.ts';
import { needsKey } from '../providers/presets.ts';
import type { ComposerState } from '../protocol/messages.ts';
import type { ContextItem } from './context.ts';
import { parseModel } from './endpoints.ts';
import type { Keys } from './keys.ts';
import { isEditorModel } from './language-models.ts';
import type { OpenTrace } from './open-trace.ts';
import { readSettings } from './settings.ts';

/** Everything about the next question: what goes along with it, and whether it follows up on the last one. */
export interface Composer {
  state(): ComposerState;
  context(): readonly ContextItem[];
  setContext(items: readonly ContextItem[]): void;
  setFollowUp(followUp: { on: boolean; choice: SendBackChoice }): void;
  /** The trace that the next question follows up on, if it does. */
  followsUp(): { trace: Trace; choice: SendBackChoice } | null;
  /** Settings, keys or the shown trace changed. */
  refresh(): Promise<void>;
}

interface ComposerParts {
  readonly keys: Keys;
  readonly current: () => OpenTrace | null;
  readonly changed: (state: ComposerState) => void;
}

export function createComposer({ keys, current, changed }: ComposerParts): Composer {
  let chips: readonly ContextItem[] = [];
  let followUp: { on: boolean; choice: SendBackChoice } = { on: false, choice: 'rule' };
  const hasKey = new Map<string, boolean>();

  /** A trace can be followed up when it was asked of an endpoint and has something to follow up on. */
  const followable = (): Trace | null => {
    const open = current();
    if (open === null || open.run.live() || open.label !== null) return null;
    const { trace } = open.run;
    return trace.head.request.messages.length > 0 && trace.parts.some(({ kind, text }) => kind === 'answer' && text !== '') ? trace : null;
  };

  const state = (): ComposerState => {
    const { model, effort } = readSettings();
    const choice = parseModel(model);
    const known = choice !== undefined || isEditorModel(model);
    const keyMissing = choice !== undefined && needsKey(choice.endpoint) && hasKey.get(choice.endpoint.baseUrl) === false;
    const trace = followable();
    const sends = choice !== undefined && goesBack(choice.endpoint, choice.model, followUp.choice);
    return {
      model: known ? model : null,
      effort,
      context: chips.map(({ chip }) => chip),
      canAsk: vscode.workspace.isTrusted,
      missing: known ? (keyMissing ? 'key' : null) : 'model',
      followUp:
        trace === null
          ? null
          : {
              ...followUp,
              turns: trace.head.request.messages.filter(({ role }) => role === 'user').length,
              sends: sends
                ? vscode.l10n.t('The earlier questions and answers go along, with the reasoning as far as this provider takes it back.')
                : vscode.l10n.t('The earlier questions and answers go along, without the reasoning.'),
            },
    };
  };
  const tell = (): void => changed(state());

  return {
    state,
    context: () => chips,
    setContext(items) {
      chips = items;
      tell();
    },
    setFollowUp(next) {
      followUp = next;
      tell();
    },
    followsUp() {
      const trace = followUp.on ? followable() : null;
      return trace && { trace, choice: followUp.choice };
    },
    async refresh() {
      const choice = parseModel(readSettings().model);
      if (choice !== undefined) hasKey.set(choice.endpoint.baseUrl, (await keys.get(choice.endpoint.baseUrl)) !== undefined);
      tell();
    },
  };
}
