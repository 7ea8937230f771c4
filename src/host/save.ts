import * as vscode from 'vscode';
import type { Analysis } from '../core/analysis.ts';
import { fileNameOf, toDocument, writeTrace } from '../core/codec.ts';
import { createInspection } from '../core/inspection.ts';
import { describeSecrets, findSecrets, redactDocument } from '../core/redact.ts';
import type { TraceDocument } from '../core/schema.ts';
import type { OpenTrace } from './open-trace.ts';
import type { Platform } from './platform.ts';
import type { Report } from './report.ts';
import { readSettings } from './settings.ts';

/** The analysis of a trace as it stands. */
export async function analysisOf({ run }: OpenTrace, platform: Platform): Promise<Analysis> {
  const { createAnalyser } = await platform.loadAnalyser();
  const inspection = createInspection(run.trace.head, createAnalyser);
  for (const event of run.log) inspection.apply(event);
  const analysis = inspection.analysis();
  // what the workspace said when the trace was shown is part of what was found
  return { ...analysis, findings: [...(run.grounding?.findings ?? []), ...analysis.findings] };
}

/** The whole document of a trace, analysed. */
async function documentOf(open: OpenTrace, platform: Platform): Promise<TraceDocument> {
  return toDocument(open.run.trace, await analysisOf(open, platform), open.base);
}

/** Writes a trace to the workspace under a new name. Returns where; undefined when the user decided against it. */
export async function saveTrace(open: OpenTrace, platform: Platform, report: Report): Promise<vscode.Uri | undefined> {
  let document = await documentOf(open, platform);
  const { redactSecrets, saveFolder } = readSettings();
  const secrets = redactSecrets ? findSecrets(document) : [];
  if (secrets.length > 0) {
    const redact = vscode.l10n.t('Save Redacted');
    const asIs = vscode.l10n.t('Save as It Is');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('This trace seems to hold secrets: {0}.', describeSecrets(secrets)),
      { modal: true, detail: vscode.l10n.t('Redacted, each of them is replaced by blocks of the same length.') },
      redact,
      asIs,
    );
    if (choice === undefined) return undefined;
    if (choice === redact) document = redactDocument(document);
  }
  const bytes = new TextEncoder().encode(writeTrace(document));
  const { head } = open.run.trace;
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    const target = await vscode.window.showSaveDialog({
      saveLabel: vscode.l10n.t('Save Trace'),
      filters: { [vscode.l10n.t('Reasoning trace')]: ['reasoning.json'] },
    });
    if (target !== undefined) await vscode.workspace.fs.writeFile(target, bytes);
    return target;
  }
  const target = await writeNew(folderOf(folder.uri, saveFolder), (attempt) => fileNameOf(head, attempt), bytes);
  report.log.info(`saved a trace of ${bytes.length} bytes`);
  return target;
}

/** The folder of saved traces, inside the workspace whatever the setting says. */
export function folderOf(root: vscode.Uri, saveFolder: string): vscode.Uri {
  return vscode.Uri.joinPath(root, ...saveFolder.split(/[\\/]/).filter((name) => name !== '' && name !== '.' && name !== '..'));
}

/** Writes a file under the first name that is free, so that nothing is ever overwritten. */
export async function writeNew(folder: vscode.Uri, nameOf: (attempt: number) => string, bytes: Uint8Array): Promise<vscode.Uri> {
  await vscode.workspace.fs.createDirectory(folder);
  for (let attempt = 0; ; attempt++) {
    const target = vscode.Uri.joinPath(folder, nameOf(attempt));
    if (await exists(target)) continue;
    await vscode.workspace.fs.writeFile(target, bytes);
    return target;
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}

/** Offers, once a workspace, to keep the folder of traces out of version control. */
export async function offerIgnore(folder: vscode.WorkspaceFolder, state: vscode.Memento, report: Report): Promise<void> {
  const key = 'ignoreOffered';
  if (state.get(key) === true) return;
  const file = vscode.Uri.joinPath(folder.uri, '.gitignore');
  const line = `${readSettings(folder.uri).saveFolder}/`;
  let text: string;
  try {
    text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return;
  }
  await state.update(key, true);
  if (text.split(/\r?\n/).some((have) => have.trim().replace(/^\/|\/$/g, '') === line.replace(/\/$/, ''))) return;
  const add = vscode.l10n.t('Add to .gitignore');
  const choice = await report.info(vscode.l10n.t('Saved traces hold your prompts. Keep the folder {0} out of version control?', line), add);
  if (choice !== add) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`));
}
