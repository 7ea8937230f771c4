import type { Frame, Locator } from 'playwright-core';
import type { Driven } from './drive.ts';

/** What tests and the demo do with the inspector, by the roles and names that it shows to assistive technology. */

export interface Row {
  readonly level: number;
  readonly kind: string;
  /** The number of its step, or `phase` and its number. */
  readonly row: string;
  readonly expanded: string | null;
  readonly text: string;
}

/** Palette → ask → the input box, as somebody does who has never seen the view. */
export async function askFromPalette(code: Driven, prompt: string, command = 'Ask a Reasoning Model'): Promise<void> {
  await code.command(command);
  const input = code.page.locator('.quick-input-widget input[type=text]').first();
  // the palette's own box shows for a moment longer: ours has no '>' in it
  await code.page.waitForFunction(() => {
    const box = document.querySelector<HTMLInputElement>('.quick-input-widget input');
    return box !== null && box.offsetParent !== null && box.value === '';
  });
  await input.fill(prompt);
  await code.page.keyboard.press('Enter');
}

/** Chooses a model in the two steps of the picker. */
export async function chooseModel(code: Driven, endpoint: string, model: string): Promise<void> {
  const picker = code.page.locator('.quick-input-widget');
  const step = async (title: string, words: string): Promise<void> => {
    await code.page.locator('.quick-input-title').filter({ hasText: title }).waitFor({ timeout: 10_000 });
    await picker.locator('input').first().fill(words, { timeout: 3000 });
    await picker.locator('.quick-input-list .monaco-list-row').filter({ hasText: words }).first().click({ timeout: 10_000 });
  };
  for (let tries = 3; ; tries--) {
    await code.command('Select Model');
    try {
      await step('1/2', endpoint);
      await step('2/2', model);
      await picker.waitFor({ state: 'hidden' });
      return;
    } catch (error) {
      // the focus goes back to a webview only a moment after the last command, and a picker that just opened is closed by it
      if (tries <= 1 || (await picker.isVisible())) throw error;
    }
  }
}

/** The frame of the inspector, once its state is the given one. */
export async function waitForState(code: Driven, state: string, timeoutMs = 30_000): Promise<Frame> {
  try {
    return await code.webview(`[data-state="${state}"]`, timeoutMs);
  } catch {
    const seen: (string | null)[] = [];
    for (const frame of code.page.frames())
      for (const element of await frame.$$('[data-state]').catch(() => [])) seen.push(await element.getAttribute('data-state'));
    const now = seen.length === 0 ? 'it is not on the page' : `it is ${seen.join(', ')}`;
    throw new Error(`The inspector did not come to the state '${state}' within ${timeoutMs / 1000} s; ${now}.`);
  }
}

const TREE = '[role=tree][aria-label=Reasoning]';

/** The rows of the reasoning's tree that are on the page, from top to bottom; long trees mount only what can be seen. */
export async function readTree(frame: Frame): Promise<Row[]> {
  return await frame.$$eval(`${TREE} [role=treeitem]`, (items) =>
    items.map((item) => {
      const heard = item.cloneNode(true) as Element;
      for (const hidden of heard.querySelectorAll('[aria-hidden=true]')) hidden.remove();
      return {
        level: Number(item.getAttribute('aria-level')),
        kind: item.getAttribute('data-kind') ?? '',
        row: item.getAttribute('data-step') ?? `phase ${item.getAttribute('data-phase') ?? '?'}`,
        expanded: item.getAttribute('aria-expanded'),
        text: (item.getAttribute('aria-level') === '1' ? (item.getAttribute('aria-label') ?? heard.textContent) : heard.textContent)
          .replace(/\s+/g, ' ')
          .trim(),
      };
    }),
  );
}

/** A notification whose words hold `text`. The smoke-test driver keeps them from popping up, so they are looked for behind the bell. */
export async function notification(code: Driven, text: string | RegExp, timeoutMs = 20_000): Promise<Locator> {
  const center = code.page.locator('.notifications-center');
  const item = code.page.locator('.notification-list-item').filter({ hasText: text }).first();
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    if (!(await center.isVisible())) await code.page.locator('[id="status.notifications"]').click();
    const found = await item.waitFor({ timeout: 1000 }).then(
      () => true,
      () => false,
    );
    if (found) return item;
    await code.page.keyboard.press('Escape');
  }
  throw new Error(`VS Code never said ${String(text)}.`);
}

/** All rows of the tree, as somebody sees them who walks down from the first to the last with the arrow keys. */
export async function walkTree(code: Driven, frame: Frame): Promise<Row[]> {
  const rows = new Map<string, Row>();
  const collect = async (): Promise<void> => {
    for (const row of await readTree(frame)) if (!rows.has(row.row)) rows.set(row.row, row);
  };
  const place = (): Promise<string | null> => frame.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);
  await frame.locator(`${TREE} [role=treeitem]`).first().focus();
  await code.page.keyboard.press('Home');
  await collect();
  for (let before: string | null = ''; before !== (before = await place());) {
    await code.page.keyboard.press('PageDown');
    await collect();
  }
  return [...rows.values()];
}
