/** What must be undone however this process ends: servers, browsers, temporary folders. Everything here is synchronous. */
const undo = new Set<() => void>();

/** Has `cleanup` run when the process ends, unless the function that comes back was called before. */
export function atExit(cleanup: () => void): () => void {
  undo.add(cleanup);
  return () => undo.delete(cleanup);
}

process.once('exit', () => {
  for (const cleanup of undo) {
    try {
      cleanup();
    } catch {
      // the others must have their turn
    }
  }
});

// a signal that nobody handles ends a process without its 'exit'; whoever handles it decides for himself
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(code);
  });
}
