import * as vscode from 'vscode';
import { fileNameOf } from '../core/codec.ts';
import { pictureOf } from '../core/picture.ts';
import type { PictureWords } from '../core/picture/words.ts';
import { redactText } from '../core/redact.ts';
import type { OpenTrace } from './open-trace.ts';
import type { Platform } from './platform.ts';
import { analysisOf, folderOf, writeNew } from './save.ts';
import { readSettings } from './settings.ts';
import { writeWhole } from './whole-file.ts';

function readersWords(): PictureWords {
  const { language } = vscode.env;
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return {
    say: (english, ...args) => vscode.l10n.t(english, ...args),
    digits: (count) => whole.format(count),
    tenths: (value) => tenth.format(value),
  };
}

/** Saves an overview of a trace as an SVG file, beside its file or among the saved traces, and opens it. Undefined: not saved. */
export async function savePicture(open: OpenTrace, platform: Platform): Promise<vscode.Uri | undefined> {
  const { trace } = open.run;
  const { redactSecrets, saveFolder } = readSettings();
  const drawn = pictureOf(trace, await analysisOf(open, platform), { words: readersWords() });
  // findings quote the reasoning, and the reasoning may quote a key
  const bytes = new TextEncoder().encode(redactSecrets ? redactText(drawn) : drawn);
  const nameOf = (attempt: number): string => fileNameOf(trace.head, attempt).replace(/\.reasoning\.json$/, '.svg');
  const workspace = vscode.workspace.workspaceFolders?.[0];
  const beside = open.file && vscode.workspace.getWorkspaceFolder(open.file) ? vscode.Uri.joinPath(open.file, '..') : undefined;
  const folder = beside ?? (workspace && folderOf(workspace.uri, saveFolder));
  let target: vscode.Uri | undefined;
  if (folder !== undefined) target = await writeNew(folder, nameOf, bytes);
  else {
    target = await vscode.window.showSaveDialog({ saveLabel: vscode.l10n.t('Save Picture'), filters: { SVG: ['svg'] } });
    if (target === undefined) return undefined;
    await writeWhole(target, bytes);
  }
  // an SVG file opens as text unless VS Code is asked for its picture viewer
  await vscode.commands
    .executeCommand('vscode.openWith', target, 'imagePreview.previewEditor')
    .then(undefined, () => vscode.commands.executeCommand('vscode.open', target));
  return target;
}
