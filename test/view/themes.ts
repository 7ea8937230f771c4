import { readFileSync } from 'node:fs';

/** Theme variables as VS Code's own themes set them, read out of it by `test/tools/themes.ts`, for a view outside of VS Code. */
const { themes } = JSON.parse(readFileSync(new URL('themes.json', import.meta.url), 'utf8')) as {
  themes: Record<string, { class: string; variables: Record<string, string> }>;
};

export const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
/** What a fresh VS Code begins with. */
export const FRESH_THEMES = ['dark-2026', 'light-2026'] as const;
export type Theme = (typeof THEMES)[number] | (typeof FRESH_THEMES)[number];

function valuesOf(theme: Theme): { class: string; variables: Record<string, string> } {
  const values = themes[theme];
  if (values === undefined) throw new Error(`themes.json does not know the theme ${theme}.`);
  return values;
}

/** The classes that VS Code gives to a webview's body. */
export const bodyClass = (theme: Theme): string => valuesOf(theme).class;

/** A style sheet that does what VS Code does to a webview: theme variables on the root, colours and padding on the body. */
export function themeSheet(theme: Theme): string {
  const values = Object.entries(valuesOf(theme).variables).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `html { ${values.join(' ')} }
body { background-color: var(--vscode-sideBar-background); padding: 0 20px; }`;
}
