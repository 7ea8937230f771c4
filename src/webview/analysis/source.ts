/**
 * The program of the worker, as text: a webview may start a worker only from what it holds itself.
 * The build puts `worker.ts`, bundled, in its place.
 */
export const SOURCE: string = '';
