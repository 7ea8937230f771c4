import * as vscode from 'vscode';

/** The log, and the few notifications that we show. Neither ever gets a key, a header or the text of a prompt. */
export interface Report {
  readonly log: vscode.LogOutputChannel;
  info(message: string, ...choices: string[]): Thenable<string | undefined>;
  warn(message: string, ...choices: string[]): Thenable<string | undefined>;
  error(message: string, ...choices: string[]): Thenable<string | undefined>;
  /** For what failed in the background: logged, not shown. */
  failed(what: string): (error: unknown) => void;
}

export function createReport(): Report & { dispose(): void } {
  const log = vscode.window.createOutputChannel('Reasoning Inspector', { log: true });
  return {
    log,
    info: (message, ...choices) => vscode.window.showInformationMessage(plain(message), ...choices),
    warn: (message, ...choices) => vscode.window.showWarningMessage(plain(message), ...choices),
    error(message, ...choices) {
      log.error(message);
      return vscode.window.showErrorMessage(plain(message), ...choices);
    },
    failed: (what) => (error) => {
      log.error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    },
    dispose: () => log.dispose(),
  };
}

/** Text from elsewhere as a notification may show it: `[x](command:…)` is a live link there, so no link survives. */
export function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\]\s*\(/g, '] \u2060(');
  return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
