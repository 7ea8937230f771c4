import * as vscode from 'vscode';
import type { Loop } from '../core/loops.ts';
import { LATELY, createLoopWatch } from '../core/loops.ts';
import type { Report } from './report.ts';
import type { Run } from './run.ts';

/** Notices about one run, at most: whoever lets it go on after these has decided. */
const MOST = 3;

/** Watches a run's reasoning for going round in circles; says so once for each loop, as soon as it is noticed, and offers to stop. */
export function guardLoops(run: Run, report: Report): void {
  const watch = createLoopWatch();
  /** Where the loop began that was told last. */
  let told = -1;
  let notices = 0;
  // what came before this was loaded
  for (const part of run.trace.parts) if (part.kind === 'reasoning') watch.push(part.text);
  const end = run.onEvents((events) => {
    for (const { event } of events) {
      if (event.type === 'text' && run.trace.parts[event.part]?.kind === 'reasoning') watch.push(event.text);
    }
    const loop = watch.loop();
    if (loop === null || loop.start === told) return;
    told = loop.start;
    if (++notices === MOST) end();
    const stop = vscode.l10n.t('Stop');
    void report.warn(sentenceOf(loop), stop).then((choice) => {
      if (choice !== stop) return;
      end();
      run.stop();
    });
  });
  void run.done.then(end);
}

function sentenceOf({ period, rounds, exact, share }: Loop): string {
  if (exact && period === 1) return vscode.l10n.t('The model goes round in circles: it has said the same word {0} times.', rounds);
  if (exact) return vscode.l10n.t('The model goes round in circles: it has said the same {0} words {1} times.', period, rounds);
  if (period > 0)
    return vscode.l10n.t('The model may be going round in circles: it has said nearly the same {0} words {1} times.', period, rounds);
  return vscode.l10n.t(
    'The model goes round in circles: {0} % of its last {1} words are in phrases that it had used twice before or more.',
    Math.round(100 * share),
    LATELY,
  );
}
