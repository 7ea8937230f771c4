import type { Group } from '../groups.ts';
import { GROUPS } from '../groups.ts';

interface Theme {
  readonly page: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly warn: string;
  readonly groups: Readonly<Record<Group, string>>;
}

/** Colours of VS Code's charts; text has a contrast of at least 4.5 to 1 with the page, marks of 3 to 1. */
const LIGHT: Theme = {
  page: '#ffffff',
  text: '#262626',
  dim: '#616161',
  line: '#d4d4d4',
  warn: '#8a5a00',
  groups: {
    understanding: '#8b8f96',
    plan: '#652d90',
    working: '#9aa0a8',
    check: '#2f7d2c',
    doubt: '#946200',
    revise: '#b5500b',
    result: '#2b6fc4',
  },
};

const DARK: Theme = {
  page: '#1f1f1f',
  text: '#e0e0e0',
  dim: '#a0a0a0',
  line: '#454545',
  warn: '#d9a441',
  groups: {
    understanding: '#8d9299',
    plan: '#b78be0',
    working: '#757b84',
    check: '#7cc77a',
    doubt: '#d9b13b',
    revise: '#e28743',
    result: '#5b9bea',
  },
};

/** The pattern of a group, as an attribute; nothing for the one that is plain. A rule would win over `fill`, so it is a style. */
export function fillOf(group: Group, id: string): string {
  return group === 'working' ? '' : ` style="fill:url(#${id}-${group})"`;
}

/**
 * The rules of the picture. Values stand in them as they are, without variables, so that renderers that know little CSS
 * still draw the light picture.
 */
export function styleOf(id: string): string {
  const rules = (theme: Theme): string =>
    [
      `.${id}-page{fill:${theme.page}}`,
      `.${id} text{fill:${theme.text}}`,
      `.${id} text.${id}-dim{fill:${theme.dim}}`,
      `.${id} text.${id}-warn,.${id}-mark{fill:${theme.warn}}`,
      `.${id}-line{stroke:${theme.line}}`,
      `.${id}-tick{stroke:${theme.dim}}`,
      `.${id}-again{fill:${theme.dim}}`,
      `.${id}-arc{stroke:${theme.groups.revise}}`,
      ...GROUPS.map((group) => `.${id}-c-${group}{fill:${theme.groups[group]};stroke:${theme.groups[group]}}`),
    ].join('');
  return (
    `<style>.${id} text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}` +
    `.${id}-b{font-weight:600}${rules(LIGHT)}@media (prefers-color-scheme:dark){${rules(DARK)}}</style>`
  );
}

/** A pattern for each group that has one, so that the picture is read without its colours. */
export function patternsOf(id: string): string {
  const tile = (group: Group, inside: string, more = ''): string =>
    `<pattern id="${id}-${group}" width="6" height="6" patternUnits="userSpaceOnUse"${more}>` +
    `<g class="${id}-c-${group}" stroke-width="0"><rect width="6" height="6" opacity="0.3"/>${inside}</g></pattern>`;
  return (
    `<defs>` +
    tile('understanding', '') +
    tile('plan', '<rect width="3" height="6"/>') +
    tile('check', '<rect width="6" height="3"/>') +
    tile('doubt', '<circle cx="3" cy="3" r="1.9"/>') +
    tile('revise', '<rect width="3" height="6"/>', ' patternTransform="rotate(45)"') +
    tile('result', '<path fill-rule="evenodd" d="M0 0h6v6H0zM3 3v3h3V3z"/>') +
    `</defs>`
  );
}
