/** The host's half of the channel, in the page itself: the harness drives it through `window.fakeHost`. */
import type { StampedEvent } from '../../src/core/events.ts';
import type { Grounding } from '../../src/core/grounding.ts';
import { createChannel } from '../../src/protocol/channel.ts';
import type { ComposerState, ReadyReply, Shown, ViewApi } from '../../src/protocol/messages.ts';

export interface FakeHost {
  /** Every call of the view but `ready`, in order. */
  readonly calls: { name: string; argument: unknown }[];
  /** What `ready` was asked with. */
  readonly asked: { trace: string | null; lastSeq: number }[];
  composer: ComposerState;
  shown: Shown | null;
  events: StampedEvent[];
  strings: Record<string, string>;
  grounding: Grounding | null;
  /** While true, nothing that is posted arrives, as in a hidden webview. */
  deaf: boolean;
  setComposer(composer: ComposerState): void;
  /** Shows a trace from its beginning. */
  show(shown: Shown, events: StampedEvent[]): void;
  /** Adds events to the log and sends them. */
  push(events: StampedEvent[]): void;
  finish(): void;
  tell: ViewApi;
}

declare global {
  interface Window {
    fakeHost: FakeHost;
  }
}

const KEY = 'vscode-state';
let used = false;
const post = (message: unknown): void => {
  if (!host.deaf) dispatchEvent(new MessageEvent('message', { data: structuredClone(message) }));
};

const CALLS = [
  'ask',
  'stop',
  'selectModel',
  'setEffort',
  'setApiKey',
  'setFollowUp',
  'openTurn',
  'removeContext',
  'addSelection',
  'openSample',
  'openTrace',
  'save',
  'openInEditor',
  'openLink',
  'openPlace',
  'copy',
  'insertCode',
  'applyCode',
  'addNote',
  'removeNote',
  'savePicture',
  'explain',
  'showLog',
  'addNote',
  'removeNote',
  'savePicture',
  'explain',
];

const channel = createChannel<ViewApi>({
  post,
  handlers: {
    ready: (argument): ReadyReply => {
      const have = argument as { trace: string | null; lastSeq: number };
      host.asked.push(have);
      const { composer, shown, events, strings } = host;
      const continues = shown !== null && have.trace === shown.head.id;
      return {
        composer,
        shown,
        strings,
        continues,
        grounding: host.grounding,
        events: continues ? events.filter(({ seq }) => seq > have.lastSeq) : events,
      };
    },
    ...Object.fromEntries(CALLS.map((name) => [name, (argument: unknown) => void host.calls.push({ name, argument })])),
  },
});

const host: FakeHost = {
  calls: [],
  asked: [],
  composer: { model: 'DeepSeek/deepseek-reasoner', effort: 'default', context: [], canAsk: true, missing: null, followUp: null },
  shown: null,
  events: [],
  strings: {},
  grounding: null,
  deaf: false,
  setComposer(composer) {
    host.composer = composer;
    channel.tell.composer(composer);
  },
  show(shown, events) {
    host.shown = shown;
    host.events = [...events];
    channel.tell.show({ shown, events });
  },
  push(events) {
    host.events.push(...events);
    channel.tell.events({ trace: host.shown?.head.id ?? '', events });
  },
  finish() {
    if (host.shown !== null) host.shown = { ...host.shown, live: false };
  },
  tell: channel.tell,
};
window.fakeHost = host;

Object.assign(window, {
  acquireVsCodeApi: () => {
    if (used) throw new Error('An instance of the VS Code API has already been acquired');
    used = true;
    return {
      postMessage: (message: unknown) => queueMicrotask(() => channel.receive(structuredClone(message))),
      getState: () => JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as unknown,
      setState: (state: unknown) => sessionStorage.setItem(KEY, JSON.stringify(state)),
    };
  },
});
// what is to be shown from the start is put there before the view runs
const start = sessionStorage.getItem('start');
if (start !== null) Object.assign(host, JSON.parse(start));
