import * as vscode from 'vscode';
import { equal, ok, test, until } from './registry.ts';
import { readText, run, saveAndRead } from './stage.ts';

function openedPicture(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => {
      const at = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
      return at?.toString() === uri.toString();
    });
}

test('a picture of the trace is saved beside the saved traces, opened, and never overwrites another', async () => {
  await run('ask', { prompt: 'Draw <this> & that', model: 'Demo/sample-reasoner' });
  const { uri: trace } = await saveAndRead();
  const first = await run<vscode.Uri | undefined>('savePicture');
  ok(first, 'no picture was saved');
  await until('the picture is open', () => openedPicture(first));
  const text = await readText(first);
  ok(text.startsWith('<svg ') && text.includes('Draw &lt;this&gt; &amp; that'), text.slice(0, 300));
  ok(!/<script|javascript:|href=/i.test(text), 'the picture holds more than a picture');
  equal(vscode.Uri.joinPath(first, '..').path, vscode.Uri.joinPath(trace, '..').path, 'the folder');
  const second = await run<vscode.Uri | undefined>('savePicture');
  ok(second !== undefined && second.toString() !== first.toString(), 'the first picture was overwritten');
  equal(await readText(second), text, 'the second picture');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

test('a trace that is open in an editor is the one that is drawn', async () => {
  await run('ask', { prompt: 'Another question altogether', model: 'Demo/sample-reasoner' });
  const { uri, saved } = await saveAndRead();
  await run('ask', { prompt: 'A later one', model: 'Demo/sample-reasoner' });
  await vscode.commands.executeCommand('vscode.openWith', uri, 'reasoningInspector.trace');
  const drawn = await run<vscode.Uri | undefined>('savePicture');
  ok(drawn, 'no picture was saved');
  ok((await readText(drawn)).includes(saved.title), 'another trace was drawn');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});
