import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Quote } from '../../core/analysis.ts';
import type { Store } from '../store.ts';
import { foundRanges, rangesOf, setHighlight, sharedRanges } from './highlights.ts';

const stepOf = (body: HTMLElement): number => Number(body.closest<HTMLElement>('[data-step]')?.dataset['step']);

/** The bodies in runs of steps that follow each other: words may go on from one to the next. */
function inARow(bodies: readonly HTMLElement[]): HTMLElement[][] {
  const runs: HTMLElement[][] = [];
  bodies.forEach((body, i) => {
    const before = bodies[i - 1];
    const run = runs.at(-1);
    if (run !== undefined && before !== undefined && stepOf(body) === stepOf(before) + 1) run.push(body);
    else runs.push([body]);
  });
  return runs;
}

/**
 * Marks what is searched, what the chosen finding quotes, what the chosen block of the answer shares and what does not exist, in the
 * rows that are mounted.
 */
export function useRowHighlights(store: Store, list: RefObject<HTMLElement | null>): void {
  /** Words are marked in what is drawn. */
  const marked = useRef(false);
  // marks are drawn over what is there, after it is there
  useEffect(() => {
    const element = list.current;
    const query = store.query.value;
    const missing = store.grounding.value?.findings.flatMap(({ quotes }) => quotes) ?? [];
    const wanted = query.trim() !== '' || (store.selection.value ?? { type: 'step' }).type !== 'step' || missing.length > 0;
    if (element === null || (!wanted && !marked.current)) return;
    marked.current = wanted;
    const steps = store.steps.peek();
    const bodies = [...element.querySelectorAll<HTMLElement>('[data-step] :is(.gist, .text)')];
    setHighlight('search', query.trim() === '' ? [] : inARow(bodies).flatMap((run) => foundRanges(run, query)));
    const selected = store.selection.value;
    const quotes = selected?.type === 'finding' ? (store.analysis.value.findings[selected.index]?.quotes ?? []) : [];
    const quoted = (quotes: readonly Quote[]): Range[] =>
      bodies.flatMap((body) => {
        const step = steps[stepOf(body)];
        if (step === undefined) return [];
        return quotes.flatMap(({ in: where, start, end }) =>
          where === 'reasoning' && start < step.end && end > step.start
            ? rangesOf(body, store.run.value?.reasoning.slice(Math.max(start, step.start), Math.min(end, step.end)) ?? '')
            : [],
        );
      });
    setHighlight('quote', quoted(quotes));
    setHighlight('missing', quoted(missing));
    const links = selected?.type === 'block' ? selected.links.flatMap((link) => store.analysis.value.links[link] ?? []) : [];
    setHighlight(
      'shared',
      links.flatMap(({ steps: of, words }) =>
        bodies.filter((body) => of.includes(stepOf(body))).flatMap((body) => sharedRanges(body, words)),
      ),
    );
  });
}
