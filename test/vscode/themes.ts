import type { Driven } from './drive.ts';

/** VS Code's own themes that are looked at, by the name under which its picker lists each, and the class that the workbench has then. */
export const THEMES = {
  dark: { label: 'Dark Modern', shown: 'vs-dark' },
  light: { label: 'Light Modern', shown: 'vs' },
  'hc-dark': { label: 'Dark High Contrast', shown: 'hc-black' },
  'hc-light': { label: 'Light High Contrast', shown: 'hc-light' },
  // what a fresh VS Code begins with
  'dark-2026': { label: 'Dark 2026', shown: 'vs-dark' },
  'light-2026': { label: 'Light 2026', shown: 'vs' },
} as const;
export type Theme = keyof typeof THEMES;

/** Chooses a theme in the picker: settings that name one count only if the theme is known when the window opens, so not in a served VS Code. */
export async function chooseTheme(code: Driven, theme: Theme): Promise<void> {
  const { label, shown } = THEMES[theme];
  const picker = code.page.locator('.quick-input-widget');
  for (let tries = 3; ; tries--) {
    await code.command('Preferences: Color Theme');
    // the palette's own box shows for a moment longer
    await code.page.waitForFunction(() =>
      /theme/i.test(document.querySelector<HTMLInputElement>('.quick-input-widget input')?.placeholder ?? ''),
    );
    // the theme is previewed while it is chosen, and all is drawn anew: a click may wait in vain for the row to keep still
    const row = `.quick-input-list .monaco-list-row.focused[aria-label^="${label}"]`;
    const found = await picker
      .locator('input')
      .first()
      .fill(label, { timeout: 3000 })
      .then(() => code.page.waitForSelector(row, { timeout: 8000 }))
      .catch((error: unknown) => {
        if (tries <= 1) throw error;
        return null;
      });
    if (found !== null) break;
    // in the first seconds of a window the list is filled anew, or something else takes the focus
    await code.page.keyboard.press('Escape');
  }
  await code.page.keyboard.press('Enter');
  await picker.waitFor({ state: 'hidden' });
  await code.page.waitForSelector(`.monaco-workbench.${shown}`);
}
