import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

type Temml = { render(source: string, element: HTMLElement, options: Record<string, unknown>): void };
let loading: Promise<Temml> | null = null;

/** UTF-16 units of a formula beyond which it is shown as its source: nobody reads it, and typesetting it takes long. */
const LONGEST = 4000;

/** A formula, typeset as MathML once the part of the view that can do it has come; its source until then. */
export function MathText({ source, display = false }: { source: string; display?: boolean }): JSX.Element {
  const element = useRef<HTMLSpanElement>(null);
  const [failed, setFailed] = useState(source.length > LONGEST);
  useEffect(() => {
    if (source.length > LONGEST) return undefined;
    let current = true;
    loading ??= import('temml').then((module) => module.default as unknown as Temml);
    loading.then(
      (temml) => {
        if (!current || element.current === null) return;
        try {
          temml.render(source, element.current, {
            displayMode: display,
            throwOnError: true,
            trust: false,
            maxExpand: 200,
            maxSize: [20, 20],
          });
          setFailed(false);
        } catch {
          element.current.textContent = source;
          setFailed(true);
        }
      },
      () => setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [source, display]);
  return (
    <span class={`math${display ? ' display' : ''}${failed ? ' source' : ''}`} ref={element} key={source}>
      {source}
    </span>
  );
}
