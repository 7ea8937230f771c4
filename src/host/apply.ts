import * as vscode from 'vscode';
import { givenOf, promptOf } from '../core/inspection.ts';
import type { Placement } from '../core/place.ts';
import { placeCode } from '../core/place.ts';
import type { ContextItem } from './context.ts';
import type { OpenTrace } from './open-trace.ts';
import { LEFT_OUT } from './project.ts';
import type { Report } from './report.ts';

/** Code of an answer; `near` are the words around it, which may name its file. */
export interface Code {
  readonly text: string;
  readonly near?: string;
}

interface ApplyParts {
  readonly report: Report;
  readonly context: () => readonly ContextItem[];
  readonly subscribe: (disposable: vscode.Disposable) => void;
}

/** A file that the code may belong to, and how much speaks for it beyond the text itself. */
interface Candidate {
  readonly uri: vscode.Uri;
  readonly bonus: number;
}

const SCHEME = 'reasoning-proposal';
/** Files that are looked at for one piece of code. */
const MOST_FILES = 24;
/** Names looked up in the workspace for one piece of code. */
const MOST_NAMES = 16;
/** Proposals kept for diff editors that are still open. */
const MOST_PROPOSALS = 20;

/** Shows code as a diff against the file that it most likely belongs to, and changes the file only when told to. */
export function createApplier({ report, context, subscribe }: ApplyParts): (open: OpenTrace | null, code: Code) => Promise<void> {
  const proposals = new Map<string, string>();
  subscribe(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => proposals.get(uri.toString()) ?? '',
    }),
  );
  let count = 0;

  return async (open, code) => {
    if (!vscode.workspace.isTrusted) {
      void report.warn(vscode.l10n.t('Nothing is written to a workspace that you have not trusted.'));
      return;
    }
    const candidates = await candidatesFor(code, open, context());
    const best = await bestOf(candidates, code.text);
    if (best === null) {
      const names = candidates.slice(0, 3).map(({ uri }) => vscode.workspace.asRelativePath(uri));
      void report.info(
        names.length === 0
          ? vscode.l10n.t('No file for this code was found: open the file that it belongs to and apply it again.')
          : vscode.l10n.t(
              'No place for this code was found in {0}. Open the file that it belongs to, or insert it at the cursor.',
              names.join(', '),
            ),
      );
      return;
    }
    const { document, placement } = best;
    const name = vscode.workspace.asRelativePath(document.uri);
    if (!placement.changes) {
      void report.info(vscode.l10n.t('{0} says this already: there is nothing to apply.', name));
      return;
    }
    const base = document.getText();
    const proposal = document.uri.with({ scheme: SCHEME, query: String(++count), authority: '', fragment: '' });
    proposals.set(proposal.toString(), placement.text);
    for (const old of [...proposals.keys()].slice(0, -MOST_PROPOSALS)) proposals.delete(old);
    await vscode.commands.executeCommand('vscode.diff', document.uri, proposal, vscode.l10n.t('{0}: as it is ↔ proposed', name), {
      preview: true,
      selection: new vscode.Range(placement.line, 0, placement.line, 0),
    } satisfies vscode.TextDocumentShowOptions);
    const apply = vscode.l10n.t('Apply');
    // waiting for the answer must not keep the view waiting
    void report
      .info(vscode.l10n.t('Apply this change to {0}? It can be undone.', name), apply, vscode.l10n.t('Discard'))
      .then(async (choice) => {
        if (choice === apply) {
          if (document.getText() === base) await change(document, placement);
          else void report.info(vscode.l10n.t('{0} was changed since; apply the code again.', name));
        }
        await closeDiff(proposal);
      }, report.failed('applying code'));
  };
}

/** Replaces what differs, as one step that can be undone, and shows it. Nothing is saved. */
async function change(document: vscode.TextDocument, { text, line }: Placement): Promise<void> {
  const old = document.getText();
  let from = 0;
  while (from < Math.min(old.length, text.length) && old[from] === text[from]) from++;
  let back = 0;
  while (back < Math.min(old.length, text.length) - from && old[old.length - 1 - back] === text[text.length - 1 - back]) back++;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(from), document.positionAt(old.length - back)),
    text.slice(from, text.length - back),
  );
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('VS Code refused the edit');
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(line, 0, line, 0), preview: false });
}

async function closeDiff(proposal: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const mine = tabs.filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === proposal.toString());
  await vscode.window.tabGroups.close(mine);
}

async function bestOf(
  candidates: readonly Candidate[],
  code: string,
): Promise<{ readonly document: vscode.TextDocument; readonly placement: Placement } | null> {
  let best: { document: vscode.TextDocument; placement: Placement; score: number } | null = null;
  for (const { uri, bonus } of candidates) {
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(uri);
    } catch {
      // gone, or not text
      continue;
    }
    const placement = placeCode(document.getText(), code);
    if (placement !== null && placement.score + bonus > (best?.score ?? 0)) best = { document, placement, score: placement.score + bonus };
  }
  return best;
}

/** Files of the workspace that are named, open or sent along, those with most to speak for them first. */
async function candidatesFor(
  { text, near = '' }: Code,
  open: OpenTrace | null,
  chips: readonly ContextItem[],
): Promise<readonly Candidate[]> {
  const found = new Map<string, Candidate>();
  const add = (uri: vscode.Uri, bonus: number): void => {
    const key = uri.toString();
    if (['file', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', 'memfs', 'untitled'].includes(uri.scheme) && !isTrace(uri))
      found.set(key, { uri, bonus: (found.get(key)?.bonus ?? 0) + bonus });
  };
  const active = vscode.window.activeTextEditor;
  if (active) add(active.document.uri, 0.15);
  for (const { document } of vscode.window.visibleTextEditors) add(document.uri, 0.05);
  const head = text.split('\n', 4).join('\n');
  const asked = open === null ? [] : namesIn(promptOf(open.run.trace.head));
  // a follow-up may be about a file that an earlier turn named
  const earlier = open === null ? [] : namesIn(givenOf(open.run.trace.head)).filter((name) => !asked.includes(name));
  const named: [string, number][] = [
    ...namesIn(`${near}\n${head}`).map((name): [string, number] => [name, 0.3]),
    ...chips.flatMap(({ chip }) => namesIn(chip.label)).map((name): [string, number] => [name, 0.1]),
    ...asked.map((name): [string, number] => [name, 0.1]),
    ...earlier.map((name): [string, number] => [name, 0.02]),
  ];
  for (const [name, bonus] of named.slice(0, MOST_NAMES)) {
    // a name may be a path from the workspace's root, or the end of one
    for (const uri of await vscode.workspace.findFiles(`**/${name}`, LEFT_OUT, 3)) add(uri, bonus);
  }
  return [...found.values()].sort((a, b) => b.bonus - a.bonus).slice(0, MOST_FILES);
}

function isTrace(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.reasoning.json');
}

/** Names of files in a text, each once: what has an extension and nothing that means something in a pattern. */
function namesIn(text: string): readonly string[] {
  const names = Array.from(text.slice(0, 100_000).matchAll(/[\w@+-][\w@.+/-]*\.[A-Za-z]\w{0,9}\b/g), ([name]) =>
    name.replace(/^[ab]\//, ''),
  );
  return [...new Set(names)].filter((name) => !name.split('/').includes('..'));
}
