import type { Webview } from 'vscode';
import { Uri, env, l10n } from 'vscode';
import { newNonce, policyOf } from './policy.ts';

/** Where the built view lies; the only folder that a webview may read. */
export function viewRoot(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist', 'webview');
}

/** The webview's page: nothing from elsewhere, no inline script, no HTML from strings (Trusted Types). */
export function pageOf(webview: Webview, extension: Uri): string {
  const root = viewRoot(extension);
  const script = webview.asWebviewUri(Uri.joinPath(root, 'view.js')).toString();
  const style = webview.asWebviewUri(Uri.joinPath(root, 'view.css')).toString();
  const nonce = newNonce();
  const policy = policyOf(webview.cspSource, nonce);
  return `<!doctype html>
<html lang="${l10n.bundle === undefined ? 'en' : env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Reasoning Inspector</title>
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
