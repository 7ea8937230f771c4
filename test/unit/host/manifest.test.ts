import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EFFORTS, APIS } from '../../../src/core/trace.ts';

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));
const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
const { contributes, capabilities } = manifest;
const commands = (contributes.commands as { command: string; title: string; enablement?: string }[]).map(({ command }) => command);
const settings = contributes.configuration.properties as Record<string, { scope: string; default: unknown; enum?: string[] }>;

test('every command that is declared is registered, and the other way round', () => {
  const table = /const table[\s\S]*?\n {2}\};/.exec(read('src/host/commands.ts'))?.[0] ?? '';
  const registered = Array.from(table.matchAll(/^ {4}(\w+)(?:,|:)/gm), ([, id]) => `reasoningInspector.${id}`);
  assert.ok(registered.length > 5);
  assert.deepEqual([...registered].sort(), [...commands].sort());
});

test('every string is there, and none is left over', () => {
  const used = new Set(Array.from(read('package.json').matchAll(/"%([\w.]+)%"/g), ([, key]) => key));
  assert.deepEqual([...used].sort(), Object.keys(nls).sort());
});

test('titles are those of the contract', () => {
  assert.deepEqual(Object.fromEntries(Object.entries(nls).filter(([key]) => key.startsWith('command.'))), {
    'command.ask': 'Ask a Reasoning Model…',
    'command.askFollowUp': 'Ask a Follow-Up…',
    'command.askAboutSelection': 'Ask About Selection…',
    'command.askAboutProblem': 'Ask About This Problem',
    'command.stop': 'Stop',
    'command.selectModel': 'Select Model…',
    'command.setApiKey': 'Set API Key…',
    'command.clearApiKey': 'Clear API Key…',
    'command.openSample': 'Open a Sample Trace',
    'command.saveTrace': 'Save Trace to Workspace',
    'command.savePicture': 'Save Picture of Trace…',
    'command.explainTrace': 'Explain With a Model…',
    'command.openTrace': 'Open Trace…',
    'command.openInEditor': 'Open Inspector in Editor',
    'command.showLog': 'Show Log',
  });
});

test('a workspace cannot say where prompts and keys go', () => {
  assert.equal(settings['reasoningInspector.endpoints']?.scope, 'machine');
  assert.equal(settings['reasoningInspector.redactSecrets']?.scope, 'application');
  assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
  for (const [key, { scope }] of Object.entries(settings)) {
    if (scope === 'resource') assert.ok(capabilities.untrustedWorkspaces.restrictedConfigurations.includes(key), key);
  }
});

test('settings know what the code knows', () => {
  assert.deepEqual(settings['reasoningInspector.effort']?.enum, [...EFFORTS]);
  assert.deepEqual((settings['reasoningInspector.endpoints'] as any).items.properties.api.enum, [...APIS]);
});

test('the types are those of the oldest VS Code that runs it', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
});
