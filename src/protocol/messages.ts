import type { SendBackChoice } from '../core/conversation.ts';
import type { StampedEvent } from '../core/events.ts';
import type { Grounding } from '../core/grounding.ts';
import type { Explanation } from '../core/schema.ts';
import type { Effort, TraceHead, TraceNote } from '../core/trace.ts';

/** How the composer stands: everything about the next question. */
export interface ComposerState {
  /** `"<endpoint>/<model>"`, or null when none is chosen. */
  readonly model: string | null;
  readonly effort: Effort;
  /** What goes along with the prompt: a selection, a file, a problem. */
  readonly context: readonly ContextChip[];
  /** False in an untrusted workspace: nothing is sent. */
  readonly canAsk: boolean;
  /** What is missing before a question can be asked. */
  readonly missing: 'model' | 'key' | null;
  /** Whether the next question follows up on the shown trace; null when there is nothing to follow up on. */
  readonly followUp: {
    readonly on: boolean;
    readonly choice: SendBackChoice;
    /** How many questions were asked so far. */
    readonly turns: number;
    /** What goes along, in one sentence. */
    readonly sends: string;
  } | null;
}

export interface ContextChip {
  readonly id: string;
  readonly kind: 'selection' | 'file' | 'problem';
  /** As `src/cart.ts 12–40`. */
  readonly label: string;
  /** The text that will be sent, for a tooltip. */
  readonly preview: string;
}

/** The trace that a view shows. */
export interface Shown {
  readonly head: TraceHead;
  readonly notes: readonly TraceNote[];
  /** What a model said of the trace when it was asked to explain it. */
  readonly explanation?: Explanation;
  /** Whether events may still come. */
  readonly live: boolean;
  /** True for a trace file of a newer version: shown, never written. */
  readonly readOnly: boolean;
  /** Plain words about where it comes from ("sample", a file's name), shown beside the model. */
  readonly label: string | null;
  /** A sentence to be shown above the trace (newer version, corrupt part, sample). */
  readonly notice: string | null;
}

/** The answer to `ready`: everything that a fresh or reawakened view needs. */
export interface ReadyReply {
  readonly composer: ComposerState;
  readonly shown: Shown | null;
  /** Events after the `lastSeq` that the view named, when it shows this same trace; else all of them. */
  readonly events: readonly StampedEvent[];
  /** True when `events` continue what the view has. */
  readonly continues: boolean;
  /** What the workspace says about the files and symbols that are spoken of; null while that is not known. */
  readonly grounding: Grounding | null;
  /** Translations by English text; empty in English. */
  readonly strings: Readonly<Record<string, string>>;
}

/** What the view may ask of the host. Every argument is validated by the host before it is used. */
export interface HostApi {
  ready(have: { readonly trace: string | null; readonly lastSeq: number }): ReadyReply;
  ask(question: { readonly prompt: string }): void;
  stop(): void;
  selectModel(): void;
  setEffort(choice: { readonly effort: Effort }): void;
  setApiKey(): void;
  setFollowUp(followUp: { readonly on: boolean; readonly choice: SendBackChoice }): void;
  /** Shows the trace of an earlier turn. */
  openTurn(turn: { readonly trace: string }): void;
  removeContext(chip: { readonly id: string }): void;
  addSelection(): void;
  openSample(): void;
  openTrace(): void;
  save(): void;
  openInEditor(): void;
  /** http or https only; the host asks before it opens anything. */
  openLink(link: { readonly href: string }): Promise<void>;
  /** Opens a file of the workspace, at a line from 0. */
  openPlace(place: { readonly file: string; readonly line: number | null }): Promise<void>;
  copy(what: { readonly text: string }): Promise<void>;
  insertCode(code: { readonly text: string }): Promise<void>;
  /** Finds where code of the answer belongs and shows it as a diff. `near`: the words before it, which may name the file. */
  applyCode(code: { readonly text: string; readonly near?: string }): Promise<void>;
  addNote(note: { readonly step: number; readonly text: string }): Promise<void>;
  /** `at`: when the note was made. */
  removeNote(note: { readonly step: number; readonly at: string }): Promise<void>;
  savePicture(): void;
  /** Asks the chosen model about the trace, after a dialogue. */
  explain(): void;
  showLog(): void;
}

/** What the host tells the view. Lost messages are harmless: a gap in `seq` makes the view ask `ready` again. */
export interface ViewApi {
  /** More events of the trace that is shown. */
  events(batch: { readonly trace: string; readonly events: readonly StampedEvent[] }): void;
  /** Another trace is to be shown, from its beginning. */
  show(what: { readonly shown: Shown; readonly events: readonly StampedEvent[] }): void;
  composer(state: ComposerState): void;
  /** The workspace was asked about the files and symbols that the trace speaks of. */
  grounded(what: { readonly trace: string; readonly grounding: Grounding }): void;
  /** Puts the prompt box under the cursor, with a text if given. */
  focusPrompt(what: { readonly prompt?: string }): void;
  /** A sentence to be shown above the trace from now on. */
  notice(what: { readonly trace: string; readonly notice: string }): void;
  /** What the view did not ask for but the reader should know ("Saved to …"). */
  saved(what: { readonly trace: string; readonly path: string }): void;
  /** All notes of a trace, after one was added or taken back. */
  notes(what: { readonly trace: string; readonly notes: readonly TraceNote[] }): void;
  /** A model explained the trace. */
  explanation(what: { readonly trace: string; readonly explanation: Explanation }): void;
}
