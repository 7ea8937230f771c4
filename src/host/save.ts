import * as vscode from 'vscode';
import type { Analysis } from '../core/analysis.ts';
import { annotated, fileNameOf, readTrace, toDocument, writeTrace } from '../core/codec.ts';
import { createInspection } from '../core/inspection.ts';
import { describeSecrets, findSecrets, redactDocument } from '../core/redact.ts';
import type { TraceDocument } from '../core/schema.ts';
import type { TraceNote } from '../core/trace.ts';
import type { OpenTrace } from './open-trace.ts';
import type { Platform } from './platform.ts';
import type { Report } from './report.ts';
import { readSettings } from './settings.ts';
import { writeWhole } from './whole-file.ts';

/** The analysis of a trace as it stands. */
export async function analysisOf({ run }: OpenTrace, platform: Platform): Promise<Analysis> {
  const { createAnalyser } = await platform.loadAnalyser();
  const inspection = createInspection(run.trace.head, createAnalyser);
  for (const event of run.log) inspection.apply(event);
  const analysis = inspection.analyser().snapshot();
  // what the workspace said when the trace was shown is part of what was found
  return { ...analysis, findings: [...(run.grounding?.findings ?? []), ...analysis.findings] };
}

/** The whole document of a trace, analysed. */
async function documentOf(open: OpenTrace, platform: Platform): Promise<TraceDocument> {
  const { trace, explanation } = open.run;
  const document = toDocument(trace, await analysisOf(open, platform), open.base);
  return explanation === null ? document : { ...document, explanation };
}

/** Writes a trace to the workspace under a new name. Returns where; undefined when the user decided against it. */
export async function saveTrace(open: OpenTrace, platform: Platform, report: Report): Promise<vscode.Uri | undefined> {
  if (open.file !== undefined && isAnnotated(open)) {
    const into = vscode.l10n.t('Write Into the File');
    const anew = vscode.l10n.t('Save as New File');
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t('You added to {0}. Write it into that file?', vscode.workspace.asRelativePath(open.file)),
      { modal: true, detail: vscode.l10n.t('Only your notes and the explanation are added; all else in the file stays as it is.') },
      into,
      anew,
    );
    if (choice === undefined) return undefined;
    if (choice === into) return writeInto(open.file, open);
  }
  const document = await withoutSecrets(await documentOf(open, platform));
  if (document === undefined) return undefined;
  const { saveFolder } = readSettings();
  const bytes = new TextEncoder().encode(writeTrace(document));
  const { head } = open.run.trace;
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    const target = await vscode.window.showSaveDialog({
      saveLabel: vscode.l10n.t('Save Trace'),
      filters: { [vscode.l10n.t('Reasoning trace')]: ['reasoning.json'] },
    });
    if (target !== undefined) await writeWhole(target, bytes);
    return target;
  }
  const target = await writeNew(folderOf(folder.uri, saveFolder), (attempt) => fileNameOf(head, attempt), bytes);
  report.log.info(`saved a trace of ${bytes.length} bytes`);
  return target;
}

/** Asks what to do about secrets, if there are any. Undefined when the user decided against saving. */
async function withoutSecrets(document: TraceDocument): Promise<TraceDocument | undefined> {
  const secrets = readSettings().redactSecrets ? findSecrets(document) : [];
  if (secrets.length === 0) return document;
  const redact = vscode.l10n.t('Save Redacted');
  const asIs = vscode.l10n.t('Save as It Is');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('This trace seems to hold secrets: {0}.', describeSecrets(secrets)),
    { modal: true, detail: vscode.l10n.t('Redacted, each of them is replaced by blocks of the same length.') },
    redact,
    asIs,
  );
  return choice === redact ? redactDocument(document) : choice === asIs ? document : undefined;
}

/** Whether notes or an explanation were added since the trace was read from its file. */
function isAnnotated({ base, run }: OpenTrace): boolean {
  const plain = (notes: readonly TraceNote[]): string => JSON.stringify(notes.map(({ step, text, at, by }) => [step, text, at, by]));
  return plain(base?.notes ?? []) !== plain(run.trace.notes) || run.explanation?.at !== base?.explanation?.at;
}

/** Puts notes and explanation into the file as it is now; everything else in it stays. */
async function writeInto(file: vscode.Uri, { run }: OpenTrace): Promise<vscode.Uri | undefined> {
  const read = readTrace(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  if (!read.ok) throw new Error(read.message);
  if (read.newer || read.document.id !== run.trace.head.id) throw new Error(vscode.l10n.t('the file holds another trace by now'));
  const document = await withoutSecrets(annotated(read.document, run.trace.notes, run.explanation));
  if (document !== undefined) await writeWhole(file, new TextEncoder().encode(writeTrace(document)));
  return document && file;
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
    await writeWhole(target, bytes);
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
  await writeWhole(file, new TextEncoder().encode(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`));
}
