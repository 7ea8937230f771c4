import type { JSX } from 'preact';
import { t } from '../l10n.ts';
import type { Store } from '../store.ts';

/** Share of the width by which a key moves the splitter. */
const STEP = 0.04;

export function Splitter({ store }: { store: Store }): JSX.Element {
  const set = (share: number): void => {
    store.split.value = Math.min(0.8, Math.max(0.2, share));
    store.keep();
  };
  const onPointerDown = (event: PointerEvent): void => {
    const bar = event.currentTarget as HTMLElement;
    const box = bar.parentElement?.getBoundingClientRect();
    if (box === undefined) return;
    bar.setPointerCapture(event.pointerId);
    const rtl = getComputedStyle(bar).direction === 'rtl';
    const move = (at: PointerEvent): void => set((rtl ? box.right - at.clientX : at.clientX - box.left) / box.width);
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', () => bar.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <div
      class="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('Width of the reasoning')}
      aria-valuenow={Math.round(store.split.value * 100)}
      aria-valuemin={20}
      aria-valuemax={80}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onDblClick={() => set(0.54)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'ArrowLeft') set(store.split.value - STEP);
        else if (event.key === 'ArrowRight') set(store.split.value + STEP);
        else if (event.key === 'Home') set(0.2);
        else if (event.key === 'End') set(0.8);
        else return;
        event.preventDefault();
      }}
    />
  );
}
