import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { Glyph } from './icon.tsx';

interface Props {
  readonly glyph: Glyph;
  readonly label: string;
  readonly pressed?: boolean;
  /** `menu`: its items are commands, and arrow keys move between them. `dialog`: a few choices. */
  readonly role: 'menu' | 'dialog';
  readonly children: (close: () => void) => ComponentChildren;
}

/** CSS pixels that stay free between the box and the edge of the view. */
const EDGE = 4;

/** A button and the small box that it opens. Escape and a click elsewhere close it, the focus goes back to the button. */
export function Popover({ glyph, label, pressed, role, children }: Props): JSX.Element {
  const open = useSignal(false);
  const root = useRef<HTMLSpanElement>(null);
  const items = (): HTMLElement[] => [
    ...(root.current?.querySelectorAll<HTMLElement>('.popover :is([role="menuitem"], input, button)') ?? []),
  ];
  // below the button, its ends in line with it, and where that would reach beyond the view, moved in
  useLayoutEffect(() => {
    const box = root.current?.querySelector<HTMLElement>('.popover');
    if (!box || root.current === null) return;
    const button = root.current.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const within = (start: number, size: number, room: number): string => `${Math.max(EDGE, Math.min(start, room - EDGE - size))}px`;
    const ltr = getComputedStyle(box).direction === 'ltr';
    box.style.left = within(ltr ? button.right - width : button.left, width, innerWidth);
    box.style.top = within(button.bottom, height, innerHeight);
  }, [open.value]);
  const close = (focus: boolean): void => {
    open.value = false;
    if (focus) root.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (!open.value) return undefined;
    items()[0]?.focus();
    const outside = (event: Event): void => {
      if (root.current?.contains(event.target as Node) !== true) close(false);
    };
    // wherever the focus is: of the choices none may be able to take it
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close(true);
    };
    document.addEventListener('keydown', onEscape, true);
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('keydown', onEscape, true);
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open.value]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all.at(to % all.length)?.focus();
  };
  return (
    <span class="popover-root" ref={root}>
      <button
        type="button"
        class={pressed === true ? 'tool pressed' : 'tool'}
        aria-label={label}
        title={label}
        aria-haspopup={role}
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name={glyph} />
      </button>
      {open.value && (
        <div class="popover" role={role} aria-label={label} onKeyDown={onKeyDown}>
          {children(() => close(true))}
        </div>
      )}
    </span>
  );
}
