import type { Reader } from '../../core/analyse.ts';
import type { Analysis, Step } from '../../core/analysis.ts';
import type { Piece, Reply, Request } from './service.ts';

export const EMPTY_ANALYSIS: Analysis = {
  analyser: '',
  steps: [],
  phases: [],
  branches: [],
  findings: [],
  links: [],
  firstAnswer: null,
  behaviours: { alternative: false, comparison: false, ambiguity: false, edgeCase: false, flaw: false },
};

/** The analysis of one run, made elsewhere: what was sent is read soon, what is known of it so far can be had at once. */
export interface RemoteAnalyser extends Reader {
  /** The steps so far; a new array whenever they changed. */
  steps(): readonly Step[];
  /** The last whole analysis; its steps may be fewer than `steps()`. */
  analysis(): Analysis;
  /** Tokens of reasoning read so far, by estimate; null where nothing is read. */
  tokens(): number | null;
  /** UTF-16 code units sent that were not read yet. */
  behind(): number;
  /** All that was sent was read, and the analysis is that of the whole. */
  settled(): boolean;
}

/** The way to the worker. */
export interface Wire {
  send(request: Request): void;
}

export interface Analysts {
  /** A new run; the one before it is forgotten. */
  open(context: { readonly prompt?: string }): RemoteAnalyser;
  receive(reply: Reply): void;
  /** No reply will come any more: the whole text is one step, so that it can be read at least. */
  fail(): void;
}

/** The view's side of the analysis. `onChange` runs after each reply that told something. */
export function createAnalysts(wire: Wire, onChange: () => void): Analysts {
  let last = 0;
  let take: (reply: Reply) => void = () => undefined;
  let failed = false;

  return {
    open({ prompt = '' }) {
      const run = ++last;
      let steps: readonly Step[] = [];
      let analysis = EMPTY_ANALYSIS;
      let sent = 0;
      let done = 0;
      let tokens = 0;
      let settled = true;
      let length = 0;
      let pieces: Piece[] = [];
      wire.send({ type: 'open', run, prompt });

      /** What comes in one go is sent in one message. */
      const send = (piece: Piece): void => {
        settled = false;
        if (pieces.length === 0) {
          queueMicrotask(() => {
            if (run === last) wire.send({ type: 'read', run, pieces });
            pieces = [];
          });
        }
        const before = pieces.at(-1);
        if (before !== undefined && before.type !== 'end' && piece.type === before.type) {
          pieces[pieces.length - 1] = { type: before.type, text: before.text + piece.text };
        } else pieces.push(piece);
        if (piece.type !== 'end') sent += piece.text.length;
        if (piece.type === 'reasoning') length += piece.text.length;
      };

      take = (reply) => {
        if (reply.run !== run) return;
        steps = [...steps.slice(0, reply.from), ...reply.steps];
        if (reply.rest !== null) analysis = { ...reply.rest, steps };
        ({ done, tokens } = reply);
        settled = reply.settled && done === sent && pieces.length === 0;
        onChange();
      };

      return {
        push: (text) => send({ type: 'reasoning', text }),
        pushAnswer: (text) => send({ type: 'answer', text }),
        end: ({ cutOff }) => send({ type: 'end', cutOff }),
        steps: () => (failed ? whole(length) : steps),
        analysis: () => (failed ? EMPTY_ANALYSIS : analysis),
        tokens: () => (failed ? null : tokens),
        behind: () => (failed ? 0 : sent - done),
        settled: () => failed || settled,
      };
    },
    receive: (reply) => take(reply),
    fail() {
      failed = true;
      onChange();
    },
  };
}

function whole(length: number): readonly Step[] {
  return length === 0 ? [] : [{ start: 0, end: length, kind: 'work', confidence: 0, parent: null, tags: [] }];
}
