import type { Finding } from '../../core/analysis.ts';
import type { Store } from '../store.ts';
import { rangesOf } from './highlights.ts';

/** What of the answer can be gone to. */
const PARTS = '[data-block], p, li, pre, table, blockquote, h2, h3, h4, h5, h6';

/** CSS pixels to the edge of a pane that hold its sticky head. */
const EDGE = 40;

/** Brings into sight what a finding says of the answer: the words that it quotes, else the block that they are in, else the answer. */
export function goToAnswer(store: Store, { quotes }: Finding, focus: boolean): void {
  const answer = document.querySelector<HTMLElement>('.answer');
  const body = answer?.querySelector('.answer-body');
  if (answer === null || body === null || body === undefined) return;
  store.following.value = false;
  const quote = quotes.find((one) => one.in === 'answer');
  const [range] = quote === undefined ? [] : rangesOf(body, store.answer.peek().slice(quote.start, quote.end));
  const block = store.analysis
    .peek()
    .links.findIndex((link) => quote !== undefined && link.block.start < quote.end && link.block.end > quote.start);
  const words = range?.startContainer.parentElement;
  const target = words ?? body.querySelector<HTMLElement>(`[data-block="${block}"]`) ?? answer;
  const pane = answer.closest('.wide') === null ? answer.closest('.columns') : answer.closest('.right');
  const place = (range ?? target).getBoundingClientRect();
  const frame = pane?.getBoundingClientRect();
  const inSight = frame !== undefined && place.top >= frame.top + EDGE && place.bottom <= frame.bottom;
  if (!inSight) target.scrollIntoView({ block: target === answer ? 'start' : 'center' });
  if (!focus) return;
  const part = target.closest<HTMLElement>(PARTS) ?? answer;
  if (part.tabIndex < 0) part.tabIndex = -1;
  part.focus({ preventScroll: true });
}
