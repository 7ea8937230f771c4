import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { drawTrace } from '../../../src/cli/show.ts';
import { createAnalyser } from '../../../src/core/analyser.ts';
import { eventsOf, headOf, readTrace } from '../../../src/core/codec.ts';
import { courseOf, percentOf } from '../../../src/core/course.ts';
import type { TraceEvent } from '../../../src/core/events.ts';
import { createInspection } from '../../../src/core/inspection.ts';

const file = new URL('../../../media/sample/sample.reasoning.json', import.meta.url);

function sample() {
  const read = readTrace(readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(read.message);
  const inspection = createInspection(headOf(read.document), createAnalyser);
  for (const event of eventsOf(read.document)) inspection.apply(event);
  return inspection;
}

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
  const inspection = sample();
  const analysis = inspection.analyser().snapshot();
  const { first, after, idle, repetition } = courseOf(analysis);
  assert.ok(first !== null && idle);
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
