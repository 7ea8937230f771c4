import type { PartKind, TraceEvent, Visibility } from '../core/events.ts';

/** Where text goes: what it is, how much of it is shown, and which of several of that kind (a tool call's index). */
export interface Target {
  readonly kind: PartKind;
  readonly visibility: Visibility;
  /** Tells parts of the same kind apart; text for a key that was seen goes to its part, however much came between. */
  readonly key?: string;
  readonly name?: string;
}

/** Turns pieces of text into parts, numbered in the order of opening. */
export interface PartWriter {
  /**
   * Adds text to the current part, or opens a new one where the kind, visibility or key changes. White space alone opens
   * nothing: it waits for the words that it precedes, so that there are no empty rows.
   */
  write(target: Target, text: string): void;
  /** Opens a part that has no text yet (a tool call's name, a block that announces itself). */
  open(target: Target): number;
  /** Adds bytes to the part, by default the current one. */
  opaque(opaque: string, part?: number): void;
  /** Says that the part is of another kind after all, by default the current one. */
  retype(kind: PartKind, visibility: Visibility, part?: number): void;
  /** Ends the current part: what follows opens a new one, even of the same kind. */
  close(): void;
  /** The current part, or null. */
  current(): { readonly part: number; readonly kind: PartKind } | null;
  /** Index of the last part of that kind, or null. */
  last(kind: PartKind): number | null;
  /** Whether any part of the kind has text. */
  has(kind: PartKind): boolean;
}

const BLANK = /^\s*$/;

export function createPartWriter(emit: (event: TraceEvent) => void): PartWriter {
  let count = 0;
  let current: (Target & { part: number }) | null = null;
  let held: { target: Target; text: string } | null = null;
  const keyed = new Map<string, number>();
  const kinds: PartKind[] = [];
  const withText = new Set<PartKind>();

  const same = (a: Target, b: Target) => a.kind === b.kind && a.visibility === b.visibility && a.key === b.key;
  const end = () => {
    if (current !== null) emit({ type: 'close', part: current.part });
    current = null;
  };
  const begin = (target: Target): number => {
    end();
    const { kind, visibility, key, name } = target;
    const part = count++;
    current = { ...target, part };
    kinds.push(kind);
    if (key !== undefined) keyed.set(key, part);
    emit(name === undefined ? { type: 'open', part, kind, visibility } : { type: 'open', part, kind, visibility, name });
    return part;
  };
  return {
    write(target, text) {
      if (text === '') return;
      if (current === null || !same(current, target)) {
        const earlier = target.key === undefined ? undefined : keyed.get(target.key);
        if (earlier !== undefined) {
          withText.add(target.kind);
          emit({ type: 'text', part: earlier, text });
          return;
        }
        const lead = held !== null && same(held.target, target) ? held.text : '';
        if (BLANK.test(text)) {
          held = { target, text: lead + text };
          return;
        }
        text = lead + text;
        begin(target);
      }
      held = null;
      withText.add(target.kind);
      emit({ type: 'text', part: (current as Target & { part: number }).part, text });
    },
    open: begin,
    opaque(opaque, part = current?.part) {
      if (part !== undefined && opaque !== '') emit({ type: 'opaque', part, opaque });
    },
    retype(kind, visibility, part = current?.part) {
      if (part === undefined) return;
      if (current?.part === part) current = { ...current, kind, visibility };
      const before = kinds[part];
      kinds[part] = kind;
      if (before !== undefined && withText.has(before)) {
        withText.add(kind);
        if (!kinds.includes(before)) withText.delete(before);
      }
      emit({ type: 'retype', part, kind, visibility });
    },
    close: end,
    current: () => current,
    last(kind) {
      const at = kinds.lastIndexOf(kind);
      return at < 0 ? null : at;
    },
    has: (kind) => withText.has(kind),
  };
}
