import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { count, t } from '../l10n.ts';
import { visibleText } from '../model/visible.ts';
import { plain } from './hidden.tsx';
import { Icon } from './icon.tsx';
import { memo } from './memo.ts';

/** Lines of a block of code beyond which it is folded, and how many are then shown. */
const LONG = 40;
const SHOWN = 24;
/** UTF-16 units beyond which code is left without colours. */
const LONGEST = 60_000;

interface CodeProps {
  readonly code: string;
  readonly language: string;
  /** Nothing more will be added to it. */
  readonly settled: boolean;
  readonly copy: (text: string) => void;
  readonly insert: ((text: string) => void) | null;
  /** Shows the code as a diff against its file. */
  readonly apply: ((text: string) => void) | null;
}

export const CodeBlock = memo((props: CodeProps) => <Code {...props} />);

function Code({ code, language, settled, copy, insert, apply }: CodeProps): JSX.Element {
  const [whole, setWhole] = useState(false);
  const lines = code.split('\n');
  const long = lines.length > LONG;
  const shown = long && !whole ? lines.slice(0, SHOWN).join('\n') : code;
  const coloured = useHighlight(shown, language, settled);
  return (
    <figure class="code">
      <pre tabIndex={0} role="group" aria-label={language === '' ? t('Code') : t('Code in {0}', language)} dir="ltr">
        <code>{coloured ?? plain(shown)}</code>
      </pre>
      <figcaption>
        {language !== '' && <span class="dim">{language}</span>}
        {long && (
          <button type="button" class="quiet" onClick={() => setWhole(!whole)} aria-expanded={whole}>
            {whole ? t('Show less') : count(lines.length, 'Show the whole line', 'Show all {0} lines')}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => copy(visibleText(code))}>
          <Icon name="copy" /> {t('Copy')}
        </button>
        {insert !== null && (
          <button type="button" class="quiet" onClick={() => insert(visibleText(code))} title={t('Insert at the cursor')}>
            <Icon name="insert" /> {t('Insert')}
          </button>
        )}
        {apply !== null && settled && (
          <button
            type="button"
            class="quiet"
            onClick={() => apply(visibleText(code))}
            title={t('Find where this belongs and show it as a diff')}
          >
            <Icon name="diff" /> {t('Apply as diff')}
          </button>
        )}
      </figcaption>
    </figure>
  );
}

/** The code in colours, once there is time for it; null until then. */
function useHighlight(code: string, language: string, settled: boolean): ComponentChildren {
  const [result, setResult] = useState<{ code: string; drawn: ComponentChildren } | null>(null);
  useEffect(() => {
    if (!settled || language === '' || code.length > LONGEST) return undefined;
    let current = true;
    const id = requestIdleCallback(
      () => {
        void import('./highlight.tsx').then(({ highlight }) => {
          const drawn = highlight(code, language);
          if (current && drawn !== null) setResult({ code, drawn });
        });
      },
      { timeout: 2000 },
    );
    return () => {
      current = false;
      cancelIdleCallback(id);
    };
  }, [code, language, settled]);
  return result !== null && result.code === code ? result.drawn : null;
}
