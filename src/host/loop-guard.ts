import * as vscode from 'vscode';
import { createLoopWatch } from '../core/loops.ts';
import type { Report } from './report.ts';
import type { Run } from './run.ts';

/** Watches a run's reasoning for going round in circles; says so once, as soon as it is noticed, and offers to stop. */
export function guardLoops(run: Run, report: Report): void {
  const watch = createLoopWatch();
  const end = run.onEvents((events) => {
    for (const { event } of events) {
      if (event.type === 'text' && run.trace.parts[event.part]?.kind === 'reasoning') watch.push(event.text);
    }
    const loop = watch.loop();
    if (loop === null) return;
    end();
    const stop = vscode.l10n.t('Stop');
    void report
      .warn(vscode.l10n.t('The model goes round in circles: it has said the same {0} words {1} times.', loop.period, loop.rounds), stop)
      .then((choice) => {
        if (choice === stop) run.stop();
      });
  });
  void run.done.then(end);
}
