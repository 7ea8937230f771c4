import type { JSX } from 'preact';
import type { Kind } from '../../core/analysis.ts';
import { t } from '../l10n.ts';
import { gistOf } from '../model/gist.ts';
import type { Store } from '../store.ts';
import { groupOf } from '../../core/groups.ts';
import { kindName } from '../model/names.ts';
import { plain } from './hidden.tsx';
import { Icon, kindGlyph } from './icon.tsx';
import type { Glyph } from './icon.tsx';
import { Markdown } from './markdown.tsx';
import type { DrawContext } from './markdown.tsx';
import { memo } from './memo.ts';
import { StepExtras } from './step-extras.tsx';

export function Gist({ text }: { text: string }): JSX.Element {
  return (
    <span class="gist" dir="auto">
      {gistOf(text).map((part) => (part.code ? <code>{plain(part.text)}</code> : plain(part.text)))}
    </span>
  );
}

interface PhaseProps {
  readonly id: number;
  readonly phase: number;
  readonly title: string;
  readonly open: boolean;
  readonly place: number;
  /** -1 while more may come. */
  readonly size: number;
  readonly active: boolean;
  /** Among the rows that the reader has marked. */
  readonly marked: boolean;
  readonly label: string;
  readonly figures: string;
  readonly top: number | null;
}

export const PhaseRow = memo((props: PhaseProps) => (
  <div
    role="treeitem"
    class={props.marked ? 'row phase marked' : 'row phase'}
    data-row={props.id}
    data-phase={props.phase}
    aria-level={1}
    aria-posinset={props.place}
    aria-setsize={props.size}
    aria-expanded={props.open}
    aria-selected={props.marked || undefined}
    tabIndex={props.active ? 0 : -1}
    {...(props.top === null ? {} : { style: { position: 'absolute', insetBlockStart: `${props.top}px` } })}
  >
    <Icon name={props.open ? 'open' : 'closed'} class="twistie" />
    <Gist text={props.title} />
    <span class="figures" aria-hidden="true">
      {props.figures}
    </span>
    <span class="sr-only">{props.label}</span>
  </div>
));

export interface Badge {
  readonly glyph: Glyph;
  readonly text: string;
  readonly title: string;
  readonly tone: 'plain' | 'warn';
}

/** A line below a step: why a line of thought was dropped, or what came between this step and the next. */
export interface Line {
  readonly glyph: Glyph;
  readonly tone: 'plain' | 'turn';
  readonly text: string;
  /** What the row shows when it is open; may be empty. */
  readonly more: string;
}

export interface StepProps {
  readonly id: number;
  readonly text: string;
  readonly kind: Kind;
  readonly open: boolean;
  /** Still growing. */
  readonly live: boolean;
  readonly place: number;
  readonly size: number;
  /** 2, or 3 when it hangs on another step. */
  readonly level: number;
  /** Whether the steps that hang on it are shown; null when there are none. */
  readonly group: boolean | null;
  readonly active: boolean;
  readonly marked: boolean;
  readonly lit: boolean;
  readonly dropped: boolean;
  readonly lines: readonly Line[];
  readonly lineKey: string;
  /** Share of the length bar, 0 to 1. */
  readonly length: number;
  /** As `links;finding:kind`: badges change only when this does. */
  readonly badgeKey: string;
  readonly badges: readonly Badge[];
  readonly store: Store;
  readonly context: DrawContext;
  readonly top: number | null;
}

function drawStep(props: StepProps): JSX.Element {
  const { id, kind, text, open, live, lines, badges, group } = props;
  const badgeWords = badges.map((badge) => badge.title).join(', ');
  const classes = ['row', 'step', `group-${groupOf(kind)}`];
  if (open) classes.push('open');
  if (live) classes.push('live');
  if (group !== null) classes.push('head');
  if (props.level === 3) classes.push('nested');
  if (props.lit) classes.push('lit');
  if (props.marked) classes.push('marked');
  if (props.dropped) classes.push('dropped');
  return (
    <div
      role="treeitem"
      class={classes.join(' ')}
      data-row={id}
      data-step={id}
      data-kind={kind}
      aria-level={props.level}
      aria-posinset={props.place}
      aria-setsize={props.size}
      aria-expanded={group ?? open}
      aria-selected={props.lit || props.marked}
      tabIndex={props.active ? 0 : -1}
      {...(props.top === null ? {} : { style: { position: 'absolute', insetBlockStart: `${props.top}px` } })}
    >
      <div class="line">
        <Icon name={(group ?? open) ? 'open' : 'closed'} class="twistie" />
        <Icon name={kindGlyph(kind)} class="kind" />
        <span class="sr-only">{kindName(kind)}: </span>
        {open ? (
          <div class="text markdown" dir="auto">
            <Markdown text={text} context={props.context} />
            {!live && <StepExtras store={props.store} step={id} />}
          </div>
        ) : (
          <Gist text={text} />
        )}
        <span class="sr-only">
          {t('step {0}', id + 1)}
          {/* whether it is expanded speaks of the steps below it */}
          {group !== null && `, ${open ? t('text shown') : t('text hidden')}`}
          {badgeWords !== '' && `, ${badgeWords}`}
        </span>
        <span class="badges" aria-hidden="true">
          {badges.map((badge) => (
            <span class={`badge ${badge.tone}`} title={badge.title}>
              <Icon name={badge.glyph} />
              {badge.text}
            </span>
          ))}
        </span>
        <span class="number" aria-hidden="true">
          {id + 1}
        </span>
        <span class="bar" aria-hidden="true">
          <span style={{ inlineSize: `${Math.round(props.length * 100)}%` }} />
        </span>
      </div>
      {lines.map((line) => (
        <>
          <div class={`note ${line.tone}`} dir="auto">
            <Icon name={line.glyph} /> {plain(line.text)}
          </div>
          {open && line.more !== '' && (
            <pre class="more" dir="auto">
              {plain(line.more)}
            </pre>
          )}
        </>
      ))}
    </div>
  );
}

export const StepRow = memo(drawStep, (before, after) =>
  (Object.keys(after) as (keyof StepProps)[]).every((key) => key === 'badges' || key === 'lines' || before[key] === after[key]),
);
