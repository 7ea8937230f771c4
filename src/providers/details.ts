import type { Visibility } from '../core/events.ts';
import type { Collector } from './collector.ts';
import type { JsonObject } from './narrow.ts';
import { objectOf, textOfValue } from './narrow.ts';

/** Reads `reasoning_details` (OpenRouter and its kin) and `thinking_blocks` (LiteLLM), which often repeat a string field. */
export interface DetailsReader {
  /**
   * The reasoning that is new in a delta which carries these details and, in its string field, `said`. The two channels
   * may carry the same text in one delta or one behind the other: each character is returned once.
   */
  read(details: readonly unknown[], said: string): { readonly text: string; readonly visibility: Visibility | null };
  /** Hands signatures and encrypted reasoning to the part that they belong to. Call it after the text was written. */
  keep(details: readonly unknown[]): void;
}

const WORDS = ['text', 'summary', 'thinking'];

export function createDetailsReader(out: Collector): DetailsReader {
  // text so far of each detail, for servers that send it cumulatively
  const sofar = new Map<string, string>();
  const totals = { string: 0, details: 0 };

  const textIn = (detail: JsonObject): string => {
    const text = textOfValue(detail['text'] ?? detail['summary'] ?? detail['thinking']);
    if (text === '') return '';
    const id = detail['id'];
    if (typeof id !== 'string') return text;
    const before = sofar.get(id);
    const minimax = textOfValue(detail['format']).startsWith('MiniMax');
    // a delta that begins with everything before it is no delta; a short one may do so by chance
    if (before !== undefined && before !== '' && (minimax || before.length >= 24) && text.startsWith(before)) {
      sofar.set(id, text);
      return text.slice(before.length);
    }
    // once a second delta has not begun with the first, the stream is known not to be cumulative
    sofar.set(id, before === undefined ? text : minimax || (before !== '' && before.length < 24) ? before + text : '');
    return text;
  };
  return {
    read(details, said) {
      if (details.length === 0 && totals.details === 0) {
        totals.string += said.length;
        return { text: said, visibility: null };
      }
      let text = '';
      let visibility: Visibility | null = null;
      for (const item of details) {
        const detail = objectOf(item);
        text += textIn(detail);
        if (detail['type'] === 'reasoning.summary') visibility = 'summary';
      }
      const shown = Math.max(totals.string, totals.details);
      totals.string += said.length;
      totals.details += text.length;
      const [whole, total] = said === '' ? [text, totals.details] : [said, totals.string];
      const fresh = Math.min(whole.length, Math.max(0, total - shown));
      return { text: whole.slice(whole.length - fresh), visibility };
    },
    keep(details) {
      for (const item of details) {
        // the words are in the part already
        const rest = Object.fromEntries(Object.entries(objectOf(item)).filter(([name]) => !WORDS.includes(name)));
        const sealed = rest['data'] ?? rest['signature'];
        if (typeof sealed !== 'string' || sealed === '') continue;
        const opaque = `${JSON.stringify(rest)}\n`;
        const redacted = rest['type'] === 'redacted_thinking';
        const last = redacted ? null : out.parts.last('reasoning');
        if (last !== null) out.parts.opaque(opaque, last);
        else {
          const visibility = redacted ? 'redacted' : rest['data'] === undefined ? 'withheld' : 'encrypted';
          out.parts.opaque(opaque, out.parts.open({ kind: 'reasoning', visibility }));
          out.parts.close();
        }
      }
    },
  };
}
