import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTrace } from '../../../src/cli/show.ts';
import { createAnalyser } from '../../../src/core/analyser.ts';
import { courseOf, percentOf } from '../../../src/core/course.ts';
import type { TraceEvent } from '../../../src/core/events.ts';
import { createInspection } from '../../../src/core/inspection.ts';

function traceOf(reasoning: string, answer: string) {
  const request = { endpoint: 'x', origin: 'https://x.y', api: 'chat', model: 'm', parameters: {}, messages: [] } as const;
  const head = { id: 't', createdAt: '2026-05-01T10:00:00.000Z', title: 't', request, origin: null };
  const inspection = createInspection(head, createAnalyser);
  const text = (part: number, kind: 'reasoning' | 'answer', words: string): TraceEvent[] =>
    words === ''
      ? []
      : [
          { type: 'open', part, kind, visibility: 'raw' },
          { type: 'text', part, text: words },
        ];
  const parts = [...text(0, 'reasoning', reasoning), ...text(reasoning === '' ? 0 : 1, 'answer', answer)];
  [...parts, { type: 'finish', reason: 'stop' } as const].forEach((event, i) => inspection.apply({ seq: i + 1, at: i, event }));
  return inspection;
}

test('a trace is printed with where its answer was first reached, what came after it, and how much was repetition', () => {
  const again = 'Seven times six is 42, since six sevens make 42 in all. ';
  const inspection = traceOf(`The user wants the product. So the answer is 42.\n\nLet me check that by adding. ${again.repeat(6)}`, '42');
  const analysis = inspection.analyser().snapshot();
  const { first, after, idle, repetition } = courseOf(analysis);
  assert.ok(first !== null && idle && repetition > 0, JSON.stringify({ first, idle, repetition }));
  assert.equal(
    drawTrace(inspection, false).split('\n')[2],
    `answer first reached at step ${first + 1} of ${analysis.steps.length} · the ${percentOf(after)} % after it changed nothing · ` +
      `${percentOf(repetition)} % repetition`,
  );
});

test('each block of the answer with the steps behind it, the words as they are written, and the score', () => {
  const answer =
    'The tenant filter finds no rows since the session cookie is missing.\n\nBananas grow in Ecuador, Colombia and the Philippines.';
  const inspection = traceOf(
    'The query filters by tenant, and the tenant comes from the session cookie. So the session cookie is missing, and the tenant filter finds no rows.',
    answer,
  );
  const link = inspection.analyser().snapshot().links[0];
  const drawn = drawTrace(inspection, false);
  const [, list = ''] = drawn.split('Behind the answer\n');
  const lines = list.split('\n');
  assert.match(lines[0] ?? '', /^ {2}The tenant filter finds/);
  const numbers = link?.steps.map((step) => step + 1).join(', ');
  assert.match(lines[1] ?? '', new RegExp(`^ {4}steps? ${numbers} shares? .*; (?:the closest )?covers ${percentOf(link?.score ?? 0)} %$`));
  assert.match(lines[1] ?? '', /\bmissing\b/);
  assert.deepEqual(
    lines.slice(2, 4).map((line) => line.trim()),
    ['Bananas grow in Ecuador, Colombia and the Philippines.', 'not in the reasoning'],
  );
});

test('without reasoning there is nothing to say of either', () => {
  const drawn = drawTrace(traceOf('', 'Five.'), false);
  assert.match(drawn, /\nAnswer\nFive\.\n$/);
  assert.doesNotMatch(drawn, /reached|repetition|Behind/);
});
