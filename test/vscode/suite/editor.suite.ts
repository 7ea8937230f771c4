import * as vscode from 'vscode';
import { equal, ok, test, until } from './registry.ts';
import { extension, PREFIX, readText, write } from './stage.ts';

/** The kind of editor that is in front. */
function front(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.viewType : undefined;
}

async function openInFront(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('vscode.open', uri);
  await until('the editor is in front', () => front() !== undefined);
}

async function sampleText(): Promise<string> {
  return await readText(vscode.Uri.joinPath((await extension()).extensionUri, 'media/sample/sample.reasoning.json'));
}

test('a trace file opens as an inspector, and is not changed by that', async () => {
  const text = await sampleText();
  const uri = await write('.reasoning/kept.reasoning.json', text);
  await openInFront(uri);
  equal(front(), `${PREFIX}.trace`, 'the editor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  equal(await readText(uri), text, 'the file');
});

test('what is no trace, or no longer one, opens with words and is not changed', async () => {
  const newer = (await sampleText()).replace('"version": 1', '"version": 99');
  for (const text of ['', 'no JSON at all', '{"version": 1}', '[1, 2]', (await sampleText()).slice(0, 4000), newer]) {
    const uri = await write('.reasoning/odd.reasoning.json', text);
    await openInFront(uri);
    equal(front(), `${PREFIX}.trace`, 'the editor');
    equal(await readText(uri), text, 'the file');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

test('the inspector opens as an editor tab', async () => {
  const tabs = (): number => vscode.window.tabGroups.all.reduce((sum, group) => sum + group.tabs.length, 0);
  const before = tabs();
  await vscode.commands.executeCommand(`${PREFIX}.openInEditor`);
  await until('the tab is there', () => tabs() === before + 1);
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  ok(input instanceof vscode.TabInputWebview && input.viewType.includes(`${PREFIX}.panel`), 'another tab is in front');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});
