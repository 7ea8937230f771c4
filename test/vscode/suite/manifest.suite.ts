import * as vscode from 'vscode';
import { equal, ok, test } from './registry.ts';
import { extension, PREFIX } from './stage.ts';

interface Manifest {
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { scope?: string; default?: unknown }> };
  };
}

test('the extension starts', async () => {
  ok((await extension()).isActive, 'it is not active');
});

test('every command that is declared does something, and none is hidden', async () => {
  const { contributes } = (await extension()).packageJSON as Manifest;
  const declared = contributes.commands.map(({ command }) => command).sort();
  // VS Code itself makes commands for each view and editor, which have a longer name
  const made = /\.(inspector|traces|trace|panel)\.|\.(focus|open|resetViewLocation|removeView|toggleVisibility)$/;
  const present = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith(`${PREFIX}.`) && !made.test(id)).sort();
  equal(present, declared, 'the list of commands');
});

test('a workspace can name no endpoint', async () => {
  const { contributes } = (await extension()).packageJSON as Manifest;
  equal(contributes.configuration.properties[`${PREFIX}.endpoints`]?.scope, 'machine', 'the scope of the endpoints');
  const config = vscode.workspace.getConfiguration(PREFIX);
  const refused = await Promise.resolve(config.update('endpoints', [{ name: 'x' }], vscode.ConfigurationTarget.Workspace)).then(
    () => false,
    () => true,
  );
  ok(refused, 'the workspace took an endpoint');
});
