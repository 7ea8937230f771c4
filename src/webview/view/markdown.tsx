import type { ComponentChildren, JSX } from 'preact';
import { h } from 'preact';
import type { Token, Tokens } from 'marked';
import type { Place } from '../../core/grounding.ts';
import type { Places } from '../model/places.ts';
import { decodeEntities, lex, safeLink } from '../model/lexer.ts';
import { directionOf } from '../model/direction.ts';
import type { MathToken } from '../model/lexer.ts';
import { t } from '../l10n.ts';
import { CodeBlock } from './code.tsx';
import { plain } from './hidden.tsx';
import { Icon } from './icon.tsx';
import { MathText } from './math.tsx';
import { memo } from './memo.ts';

/** What drawing needs from around it. */
export interface DrawContext {
  /** Whether the text may still grow: its last code block is not highlighted yet. */
  readonly growing: boolean;
  readonly openLink: (href: string) => void;
  readonly copy: (text: string) => void;
  readonly insert: ((text: string) => void) | null;
  readonly apply: ((text: string) => void) | null;
  /** Files and symbols of the workspace that words speak of. */
  readonly places: Places | null;
  readonly openPlace: (place: Place) => void;
  /** Attributes, a margin, and what stands below it, for a block at a place in the source, as the answer has them. */
  readonly block?: (start: number, end: number) => LinkedBlock | null;
}

interface LinkedBlock {
  readonly props: Record<string, unknown>;
  readonly margin: ComponentChildren;
  readonly below: ComponentChildren;
}

/** Markdown as elements and text nodes: never as a string of HTML. */
export const Markdown = memo(({ text, context }: { text: string; context: DrawContext }) => drawBlocks(lex(text), context, -1));

/** `at`: offset of the first token in the source; -1 where places do not matter. */
export function drawBlocks(tokens: readonly Token[], context: DrawContext, at: number): ComponentChildren {
  let next = at;
  return tokens.map((token) => {
    const start = next;
    if (at >= 0) next += token.raw.length;
    return drawBlock(token, context, start);
  });
}

export function drawBlock(token: Token, context: DrawContext, start: number): ComponentChildren {
  const linked = start >= 0 && token.type !== 'list' ? context.block?.(start, start + token.raw.length) : null;
  const drawn = drawPlainBlock(token, context, start);
  if (linked === null || linked === undefined) return drawn;
  return (
    <div {...linked.props}>
      {linked.margin}
      {drawn}
      {linked.below}
    </div>
  );
}

function drawPlainBlock(token: Token, context: DrawContext, start: number): ComponentChildren {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      // the view's own headings come first: a text's begin below them
      return h(`h${Math.min(6, depth + 2)}`, { dir: 'auto' }, drawInline(tokens, context));
    }
    case 'paragraph':
      return <p dir="auto">{drawInline((token as Tokens.Paragraph).tokens, context)}</p>;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens === undefined ? plain(decodeEntities(text)) : drawInline(tokens, context);
    }
    case 'code': {
      const { text, lang, raw } = token as Tokens.Code;
      const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
      const closed = fence === undefined || raw.trimEnd().endsWith(fence);
      return (
        <CodeBlock
          code={text}
          language={(lang ?? '').split(/[\s{,]/)[0] ?? ''}
          settled={closed || !context.growing}
          copy={context.copy}
          insert={context.insert}
          apply={context.apply}
        />
      );
    }
    case 'blockquote':
      return (
        <blockquote dir={directionOf(token.raw)}>
          {drawBlocks((token as Tokens.Blockquote).tokens, { ...context, block: () => null }, -1)}
        </blockquote>
      );
    case 'list':
      return drawList(token as Tokens.List, context, start);
    case 'table':
      return drawTable(token as Tokens.Table, context);
    case 'hr':
      return <hr />;
    case 'math':
      return <MathText source={(token as MathToken).text} display />;
    default:
      // raw HTML and whatever else there may be is shown as the text that it is
      return <p class="raw">{plain(token.raw.trimEnd())}</p>;
  }
}

function drawList(list: Tokens.List, context: DrawContext, start: number): JSX.Element {
  let next = start;
  const dir = directionOf(list.raw);
  const items = list.items.map((item) => {
    const at = next;
    if (start >= 0) next += item.raw.length;
    const turned = (directionOf(item.raw) ?? dir) !== dir;
    const linked = start >= 0 ? context.block?.(at, at + item.raw.length) : null;
    return (
      // an item in the other direction runs its own way, its mark stays with the others
      <li {...(turned ? { style: { unicodeBidi: 'plaintext' } } : {})} {...(linked?.props ?? {})}>
        {linked?.margin}
        {item.task && (
          <input type="checkbox" checked={item.checked === true} disabled aria-label={item.checked === true ? t('done') : t('open')} />
        )}
        {drawBlocks(
          item.tokens.filter((token) => token.type !== 'checkbox'),
          { ...context, block: () => null },
          -1,
        )}
        {linked?.below}
      </li>
    );
  });
  return list.ordered ? (
    <ol dir={dir} start={typeof list.start === 'number' ? list.start : 1}>
      {items}
    </ol>
  ) : (
    <ul dir={dir}>{items}</ul>
  );
}

function drawTable(table: Tokens.Table, context: DrawContext): JSX.Element {
  const align = (i: number): Record<string, string> => (table.align[i] ? { class: `align-${table.align[i]}` } : {});
  return (
    <div class="table" tabIndex={0} role="group" aria-label={t('Table')}>
      <table dir={directionOf(table.raw)}>
        <thead>
          <tr>
            {table.header.map((cell, i) => (
              <th scope="col" dir="auto" {...align(i)}>
                {drawInline(cell.tokens, context)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>
              {row.map((cell, i) => (
                <td dir="auto" {...align(i)}>
                  {drawInline(cell.tokens, context)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function drawInline(tokens: readonly Token[] | undefined, context: DrawContext): ComponentChildren {
  return tokens?.map((token): ComponentChildren => {
    switch (token.type) {
      case 'text': {
        const { tokens: inner, text } = token as Tokens.Text;
        return inner === undefined ? drawWords(decodeEntities(text), context) : drawInline(inner, context);
      }
      case 'escape':
        return plain((token as Tokens.Escape).text);
      case 'strong':
        return <strong>{drawInline((token as Tokens.Strong).tokens, context)}</strong>;
      case 'em':
        return <em>{drawInline((token as Tokens.Em).tokens, context)}</em>;
      case 'del':
        return <del>{drawInline((token as Tokens.Del).tokens, context)}</del>;
      case 'codespan':
        return drawCode((token as Tokens.Codespan).text, context);
      case 'br':
        return <br />;
      case 'link':
        return drawLink(token as Tokens.Link, context);
      case 'image': {
        const { href, text } = token as Tokens.Image;
        return (
          <span class="chip inert" title={t('Images are not loaded')}>
            <Icon name="image" /> {text === '' ? t('image') : plain(text)} <code>{plain(href)}</code>
          </span>
        );
      }
      case 'math':
        return <MathText source={(token as MathToken).text} display={(token as MathToken).display} />;
      default:
        return plain(token.raw);
    }
  });
}

function drawWords(text: string, context: DrawContext): ComponentChildren {
  if (context.places === null) return plain(text);
  return context.places
    .cut(text)
    .map((part) => (typeof part === 'string' ? plain(part) : <PlaceLink words={part.words} place={part.place} context={context} />));
}

function drawCode(text: string, context: DrawContext): JSX.Element {
  const place = context.places?.of(text) ?? null;
  return <code>{place === null ? plain(text) : <PlaceLink words={text} place={place} context={context} />}</code>;
}

function PlaceLink({ words, place, context }: { words: string; place: Place; context: DrawContext }): JSX.Element {
  const where = place.line === null ? place.file : `${place.file}:${place.line + 1}`;
  return (
    <button
      type="button"
      class="in-place"
      title={t('Open {0}', where)}
      onClick={(event) => {
        event.stopPropagation();
        context.openPlace(place);
      }}
    >
      {plain(words)}
    </button>
  );
}

function drawLink({ href, tokens, text }: Tokens.Link, context: DrawContext): ComponentChildren {
  const address = safeLink(href);
  if (address === null)
    return (
      <span class="inert" title={t('This kind of address is not opened')}>
        {drawInline(tokens, context)} <code>{plain(href)}</code>
      </span>
    );
  const open = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    context.openLink(address);
  };
  return (
    <a href={address} title={address} rel="noreferrer" onClick={open}>
      {drawInline(tokens, context)}
      {text !== href && text !== address && <span class="address"> ({new URL(address).host})</span>}
    </a>
  );
}
