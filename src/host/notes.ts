import * as vscode from 'vscode';
import type { TraceNote } from '../core/trace.ts';
import type { OpenTrace } from './open-trace.ts';
import type { Recent } from './recent.ts';
import type { Report } from './report.ts';

interface NoteParts {
  readonly recent: Recent;
  readonly report: Report;
  /** Notes or the explanation of a trace changed. */
  readonly annotated: (open: OpenTrace) => void;
}

/** Adds a note of the reader to a step. It goes into a file only when that is saved. */
export async function addNote(open: OpenTrace, { step, text }: Pick<TraceNote, 'step' | 'text'>, parts: NoteParts): Promise<void> {
  if (!mayNote(open, parts)) return;
  if (text.trim() === '') return;
  const by = (await gitName()) ?? 'me';
  const { trace } = open.run;
  trace.notes = [...trace.notes, { step, text: text.trim(), at: new Date().toISOString(), by }];
  await keepNotes(open, parts);
}

/** Takes a note back; `at` is when it was made. */
export async function removeNote(open: OpenTrace, { step, at }: Pick<TraceNote, 'step' | 'at'>, parts: NoteParts): Promise<void> {
  if (!mayNote(open, parts)) return;
  const { trace } = open.run;
  trace.notes = trace.notes.filter((note) => note.step !== step || note.at !== at);
  await keepNotes(open, parts);
}

function mayNote({ readOnly }: OpenTrace, { report }: NoteParts): boolean {
  if (readOnly) void report.info(vscode.l10n.t('This file was not written by this version, so nothing is added to it.'));
  return !readOnly;
}

/** Tells the views and keeps what was added: a run of ours among the recent ones; a file is left alone until it is saved. */
export async function keepNotes(open: OpenTrace, { recent, report, annotated }: NoteParts): Promise<void> {
  annotated(open);
  if (open.file === undefined) {
    // a run that still lives is kept with its notes when it is done
    if (!open.run.live()) await recent.add(open.run);
    return;
  }
  const save = vscode.l10n.t('Save');
  const name = open.file.path.slice(open.file.path.lastIndexOf('/') + 1);
  void report
    .info(vscode.l10n.t('What you added to {0} is kept until you close it; save it to write it into the file.', name), save)
    .then((choice) => {
      if (choice === save) void vscode.commands.executeCommand('reasoningInspector.saveTrace', open);
    });
}

/** The user's name as git knows it; undefined where VS Code's git extension does not run. */
async function gitName(): Promise<string | undefined> {
  try {
    const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (git?.isActive !== true) return undefined;
    const repository = git.exports.getAPI(1).repositories[0];
    const name = (await repository?.getConfig('user.name')) ?? '';
    return name.trim() === '' ? undefined : name.trim().slice(0, 80);
  } catch {
    // no name is set, or git is switched off
    return undefined;
  }
}

/** The little that we use of the git extension's interface. */
interface GitExtension {
  getAPI(version: 1): { readonly repositories: readonly { getConfig(key: string): Promise<string> }[] };
}
