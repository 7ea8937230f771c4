import * as vscode from 'vscode';

/** A problem as the `askAboutProblem` command takes it. */
export interface ProblemArgument {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** Offers, on every problem in a file, to ask about it. */
export function registerProblemActions(): vscode.Disposable {
  const title = vscode.l10n.t('Ask a reasoning model about this problem');
  return vscode.languages.registerCodeActionsProvider(
    [{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-remote' }, { scheme: 'vscode-vfs' }],
    {
      provideCodeActions: (document, _range, { diagnostics }) =>
        diagnostics.slice(0, 1).map((diagnostic) => {
          const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
          action.diagnostics = [diagnostic];
          action.command = {
            title,
            command: 'reasoningInspector.askAboutProblem',
            arguments: [{ uri: document.uri, diagnostic } satisfies ProblemArgument],
          };
          return action;
        }),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

/** The problem under the cursor, or the nearest in the file. */
export function problemAtCursor(editor: vscode.TextEditor): ProblemArgument | undefined {
  const { uri } = editor.document;
  const line = editor.selection.active.line;
  const distance = ({ range }: vscode.Diagnostic): number =>
    line < range.start.line ? range.start.line - line : Math.max(0, line - range.end.line);
  const nearest = [...vscode.languages.getDiagnostics(uri)].sort((a, b) => distance(a) - distance(b))[0];
  return nearest && { uri, diagnostic: nearest };
}
