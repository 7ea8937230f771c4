import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Store } from '../store.ts';

/**
 * Keeps how far the answer is scrolled where it stands beside the reasoning, and goes back there once as much of it is drawn.
 * Below the reasoning it is scrolled with the tree, which keeps its own place.
 */
export function useAnswerPlace(store: Store, body: RefObject<HTMLElement | null>, drawn: readonly unknown[]): void {
  const trace = store.run.value?.id;
  /** Where to go back to; null as soon as the reader has moved. */
  const goal = useRef<number | null>(null);
  const expected = useRef(0);
  const scroller = (): HTMLElement | null => body.current?.closest<HTMLElement>('.wide .right') ?? null;

  useLayoutEffect(() => {
    goal.current = store.answerTop.current;
    expected.current = 0;
  }, [trace]);
  useLayoutEffect(() => {
    const element = scroller();
    if (element === null || goal.current === null || element.scrollHeight - element.clientHeight < goal.current) return;
    element.scrollTop = goal.current;
    expected.current = element.scrollTop;
  }, [trace, ...drawn]);

  useEffect(() => {
    const element = body.current?.closest<HTMLElement>('.right');
    if (element === null || element === undefined) return undefined;
    const onScroll = (): void => {
      // an answer that is not drawn yet, or that stands below the reasoning, has no place of its own
      if (scroller() === null || Math.abs(element.scrollTop - expected.current) < 2) return;
      goal.current = null;
      expected.current = store.answerTop.current = element.scrollTop;
      store.keep();
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, []);
}
