import type { Part } from '../../core/trace.ts';
import { PART_SEPARATOR } from '../../core/trace.ts';

/** What lies between the words of the reasoning: a call of a tool, its result, a part whose words are not shown. */
export interface Aside {
  /** Where in the reasoning, in UTF-16 code units: what was thought before it ends here. */
  readonly at: number;
  readonly kind: 'tool-call' | 'tool-result' | 'locked';
  /** Of the tool; empty where the provider named none. */
  readonly name: string;
  /** The call's arguments or the result, as they came. */
  readonly text: string;
}

type Seen = Pick<Part, 'kind' | 'visibility' | 'text' | 'name'>;

/** In the order in which they came. Parts that are locked one after the other are one; where all are, there is nothing between. */
export function asidesOf(parts: readonly Seen[]): readonly Aside[] {
  const asides: Aside[] = [];
  let at = 0;
  for (const { kind, visibility, text, name = '' } of parts) {
    if (kind === 'tool-call' || kind === 'tool-result') asides.push({ at, kind, name, text });
    else if (kind === 'reasoning') {
      if (text !== '') at += (at > 0 ? PART_SEPARATOR.length : 0) + text.length;
      else if ((visibility === 'encrypted' || visibility === 'redacted') && asides.at(-1)?.kind !== 'locked')
        asides.push({ at, kind: 'locked', name: '', text: '' });
    }
  }
  return at > 0 ? asides : asides.filter(({ kind }) => kind !== 'locked');
}
