import type { Analyser, AnalysisContext } from '../../core/analyse.ts';
import type { Analysis, Step } from '../../core/analysis.ts';
import { createTokenCounter } from './tokens.ts';
import type { TokenCounter } from './tokens.ts';

/** A piece of what the analysis reads, in the order in which it came. */
export type Piece = { readonly type: 'reasoning' | 'answer'; readonly text: string } | { readonly type: 'end'; readonly cutOff: boolean };

/** What the view sends. `run` tells one chain of thought from the next: a reply to an earlier one is late and means nothing. */
export type Request =
  | { readonly type: 'open'; readonly run: number; readonly prompt: string }
  | { readonly type: 'read'; readonly run: number; readonly pieces: readonly Piece[] };

/** What the analysis knows of the text so far. */
export interface Reply {
  readonly run: number;
  /** UTF-16 code units read since the run was opened. */
  readonly done: number;
  /** How many tokens of reasoning that is, by estimate. */
  readonly tokens: number;
  /** Index of the first step that this reply tells anew; those below never change again. */
  readonly from: number;
  /** The steps from there on. */
  readonly steps: readonly Step[];
  /** The analysis of these steps; null where only the steps are new. */
  readonly rest: Omit<Analysis, 'steps'> | null;
  /** Nothing more will come for this run unless more is sent. */
  readonly settled: boolean;
}

/** Where the analysis runs: a clock and a way to go on later. */
export interface Ground {
  post(reply: Reply): void;
  /** Milliseconds. */
  now(): number;
  later(work: () => void, ms: number): void;
  onError(error: unknown): void;
}

/** UTF-16 code units read at once: what is waiting is looked at between two of them. */
const PORTION = 4096;
/** Milliseconds of reading between two replies: short at first, so that the first steps show at once. */
const FIRST_SLICE = 12;
const SLICE = 60;
/** Milliseconds between two whole analyses of a growing text at least, and how many times as long as one takes. */
const SNAPSHOT_PAUSE = 400;
const SNAPSHOT_SHARE = 12;

/**
 * Reads chains of thought as they are sent and tells what changed. Law: after a reply that is `settled`, all replies of the
 * run put together are the analysis of the whole text.
 */
export function createService(createAnalyser: (context: AnalysisContext) => Analyser, ground: Ground): (request: Request) => void {
  let job: Job | null = null;

  interface Job {
    readonly run: number;
    readonly analyser: Analyser;
    readonly counter: TokenCounter;
    readonly queue: Piece[];
    done: number;
    /** Steps that were told and can't change. */
    told: number;
    replies: number;
    /** Something was read that no whole analysis has told of. */
    stale: boolean;
    ended: boolean;
    nextSnapshot: number;
    /** What it will go on with by itself: what is queued, or the next whole analysis. */
    readonly awaits: Set<'queue' | 'snapshot'>;
  }

  const schedule = (now: Job, what: 'queue' | 'snapshot', ms: number): void => {
    if (now.awaits.has(what)) return;
    now.awaits.add(what);
    ground.later(() => {
      now.awaits.delete(what);
      if (job === now) work(now);
    }, ms);
  };

  const work = (now: Job): void => {
    try {
      read(now);
      tell(now);
    } catch (error) {
      // what was told stays; more text may get over it
      ground.onError(error);
    }
    if (now.queue.length > 0) schedule(now, 'queue', 0);
    else if (now.stale) schedule(now, 'snapshot', Math.max(0, now.nextSnapshot - ground.now()));
  };

  const read = (now: Job): void => {
    const until = ground.now() + (now.replies === 0 ? FIRST_SLICE : SLICE);
    let taken = 0;
    try {
      for (const piece of now.queue) {
        taken++;
        now.stale = true;
        if (piece.type === 'end') {
          now.ended = true;
          now.analyser.end({ cutOff: piece.cutOff });
        } else {
          if (piece.type === 'reasoning') {
            now.counter.push(piece.text);
            now.analyser.push(piece.text);
          } else now.analyser.pushAnswer(piece.text);
          now.done += piece.text.length;
        }
        if (ground.now() > until) break;
      }
    } finally {
      now.queue.splice(0, taken);
    }
  };

  const tell = (now: Job): void => {
    const behind = now.queue.length > 0;
    const started = ground.now();
    let rest: Reply['rest'] = null;
    if (now.stale && ((now.ended && !behind) || started >= now.nextSnapshot)) {
      const { analyser, phases, branches, findings, links, firstAnswer, behaviours } = now.analyser.snapshot();
      rest = { analyser, phases, branches, findings, links, firstAnswer, behaviours };
      now.stale = false;
      now.nextSnapshot = started + Math.max(SNAPSHOT_PAUSE, (ground.now() - started) * SNAPSHOT_SHARE);
    }
    const { run, done, counter, told: from } = now;
    const steps = now.analyser.steps().slice(from);
    now.told = now.analyser.settled();
    now.replies++;
    ground.post({ run, done, tokens: counter.count(), from, steps, rest, settled: !behind && !now.stale });
  };

  return (request) => {
    if (request.type === 'open') {
      const { run, prompt } = request;
      const analyser = createAnalyser({ prompt });
      job = {
        run,
        analyser,
        counter: createTokenCounter(),
        queue: [],
        done: 0,
        told: 0,
        replies: 0,
        stale: false,
        ended: false,
        nextSnapshot: 0,
        awaits: new Set(),
      };
    } else if (job?.run === request.run) {
      for (const piece of request.pieces) for (const portion of portions(piece)) job.queue.push(portion);
      // while it is catching up, the pieces wait in turn
      if (!job.awaits.has('queue')) work(job);
    }
  };
}

function portions(piece: Piece): readonly Piece[] {
  if (piece.type === 'end' || piece.text.length <= PORTION) return [piece];
  const { type, text } = piece;
  return Array.from({ length: Math.ceil(text.length / PORTION) }, (_, i) => ({ type, text: text.slice(i * PORTION, (i + 1) * PORTION) }));
}
