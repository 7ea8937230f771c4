import { PART_SEPARATOR } from '../../core/trace.ts';
import type { Part, TimelineEntry } from '../../core/trace.ts';
import { t, tenths } from '../l10n.ts';

/** When each stretch of the reasoning arrived. */
export interface Clock {
  /** Milliseconds since the request at which the character at this offset arrived, or null when it is not known. */
  at(offset: number): number | null;
}

export function reasoningClock(parts: readonly Part[], timeline: readonly TimelineEntry[]): Clock {
  const starts: number[] = [];
  let next = 0;
  let any = false;
  parts.forEach((part, i) => {
    if (part.kind !== 'reasoning' || part.text === '') return;
    if (any) next += PART_SEPARATOR.length;
    any = true;
    starts[i] = next;
    next += part.text.length;
  });
  const offsets: number[] = [];
  const times: number[] = [];
  const done = new Map<number, number>();
  for (const [ms, part, chars] of timeline) {
    const start = starts[part];
    if (start === undefined) continue;
    const before = done.get(part) ?? 0;
    offsets.push(start + before);
    times.push(ms);
    done.set(part, before + chars);
  }
  return {
    at(offset) {
      let low = 0;
      let high = offsets.length - 1;
      if (high < 0) return null;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((offsets[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return times[low] ?? null;
    },
  };
}

/** As `0.4 s`, `12.3 s`, `4 min 05 s`. */
export function seconds(ms: number): string {
  if (ms < 99_950) return t('{0} s', tenths(ms / 1000));
  const whole = Math.round(ms / 1000);
  return t('{0} min {1} s', Math.floor(whole / 60), String(whole % 60).padStart(2, '0'));
}
