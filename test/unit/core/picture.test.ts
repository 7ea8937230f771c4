import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Analysis, Kind, Step } from '../../../src/core/analysis.ts';
import { KINDS } from '../../../src/core/analysis.ts';
import type { TraceEvent } from '../../../src/core/events.ts';
import { pictureOf } from '../../../src/core/picture.ts';
import type { PictureWords } from '../../../src/core/picture/words.ts';
import { fill } from '../../../src/core/sentences.ts';
import { stretchesOf } from '../../../src/core/picture/strip.ts';
import { fit, widthOf, wrap } from '../../../src/core/picture/svg.ts';
import type { Trace } from '../../../src/core/trace.ts';
import { applyEvent, createTrace } from '../../../src/core/trace.ts';
import { createRandom } from './random.ts';

function traceOf(title: string, reasoning: string): Trace {
  const trace = createTrace({
    id: 't',
    createdAt: '2026-05-01T10:00:00.000Z',
    title,
    request: { endpoint: 'DeepSeek', origin: 'https://x.y', api: 'chat', model: 'deepseek-reasoner', parameters: {}, messages: [] },
    origin: null,
  });
  const events: TraceEvent[] = [
    { type: 'open', part: 0, kind: 'reasoning', visibility: 'raw' },
    { type: 'text', part: 0, text: reasoning },
    { type: 'close', part: 0 },
    { type: 'usage', usage: { reasoningTokens: 1932, answerTokens: 88 } },
    { type: 'finish', reason: 'stop' },
  ];
  events.forEach((event, i) => applyEvent(trace, { seq: i + 1, at: i === 1 ? 12_400 : 0, event }));
  return trace;
}

/** Steps of the given kinds, 40 characters each. */
function analysisOf(kinds: readonly Kind[], more: Partial<Analysis> = {}): Analysis {
  const steps = kinds.map((kind, i): Step => ({ start: i * 41, end: i * 41 + 40, kind, confidence: 1, parent: null, tags: [] }));
  const behaviours = { alternative: false, comparison: false, ambiguity: false, edgeCase: false, flaw: false };
  return { analyser: 't', steps, phases: [], branches: [], findings: [], links: [], firstAnswer: null, behaviours, ...more };
}

const SMALL = analysisOf(['setup', 'recall', 'plan', 'work', 'doubt', 'check', 'revise', 'work', 'work', 'example', 'conclude', 'answer'], {
  phases: [
    { at: 0, title: 'Reading the cart' },
    { at: 2, title: 'Suspecting the discount' },
    { at: 6, title: 'Floating point in `addLine`' },
  ],
  branches: [{ from: 2, at: 6, back: null, reason: 'the discount is zero here' }],
  firstAnswer: 9,
  findings: [
    {
      kind: 'change-of-mind',
      steps: [2, 6],
      confidence: 0.9,
      shown: true,
      message: 'First blamed the discount, then dropped it.',
      why: '',
      quotes: [],
    },
    {
      kind: 'repetition',
      steps: [7, 8],
      confidence: 0.8,
      shown: true,
      message: 'Goes over the same points again in 2 steps.',
      why: '',
      quotes: [],
    },
    { kind: 'open-doubt', steps: [4], confidence: 0.4, shown: false, message: 'Not told.', why: '', quotes: [] },
  ],
});

/** Throws unless the text is one element whose tags are closed in order and whose text and attributes are escaped. */
function checkXml(text: string): void {
  const open: string[] = [];
  let at = 0;
  for (const match of text.matchAll(/<(\/?)([A-Za-z]+)((?:\s+[A-Za-z0-9:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const between = text.slice(at, match.index);
    assert.ok(!between.includes('<'), `a bare < in ${JSON.stringify(between.slice(0, 200))}`);
    for (const piece of [between, match[3] ?? '']) assert.doesNotMatch(piece, /&(?!(?:amp|lt|gt|quot|#39);)/);
    at = match.index + match[0].length;
    if (match[1] === '/') assert.equal(open.pop(), match[2]);
    else if (match[4] !== '/') open.push(match[2] ?? '');
  }
  assert.equal(text.slice(at).trim(), '');
  assert.deepEqual(open, []);
}

test('the picture of a small trace, to the letter', () => {
  const picture = pictureOf(traceOf('Why is the total one cent too high?', 'x'.repeat(491)), SMALL);
  assert.equal(picture, readFileSync(new URL('../../fixtures/picture.svg', import.meta.url), 'utf8'));
  checkXml(picture);
});

test('the picture speaks the language of its reader', () => {
  const strings = JSON.parse(readFileSync(new URL('../../../l10n/bundle.l10n.de.json', import.meta.url), 'utf8')) as Record<string, string>;
  const unknown = new Set<string>();
  const words: PictureWords = {
    say(english, ...args) {
      if (!Object.hasOwn(strings, english)) unknown.add(english);
      return fill(strings[english] ?? english, ...args);
    },
    digits: (n) => n.toLocaleString('de'),
    tenths: (n) => n.toLocaleString('de', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  };
  const picture = pictureOf(traceOf('Warum?', 'x'.repeat(491)), SMALL, { words });
  for (const said of ['12,4 s', '1.932', 'Schritte', 'Phasen', 'Wo dieser Gedankengang hilft', 'Schluss, Antwort', ' · Schritt '])
    assert.ok(picture.includes(said), said);
  assert.doesNotMatch(picture, /\b(?:of thinking|Phases|Conclusion|said before|in when)\b/);
  assert.deepEqual([...unknown], []);
  checkXml(picture);
});

test('what the picture tells is told in words as well', () => {
  const desc = /<desc[^>]*>([\s\S]*?)<\/desc>/.exec(pictureOf(traceOf('t', 'x'.repeat(491)), SMALL))?.[1] ?? '';
  for (const words of [
    '12.4 s of thinking',
    '1,932 tokens of reasoning',
    '12 steps',
    '17 % repetition',
    '2. Suspecting the discount',
    'First blamed the discount',
  ]) {
    assert.ok(desc.includes(words), `${words} is not in ${desc}`);
  }
  assert.ok(!desc.includes('Not told'));
});

const HOSTILE = [
  '</title><script>alert(1)</script>',
  '"><image href="https://evil.example/x.png"/>',
  "' onload='alert(1)",
  '<!--',
  ']]>',
  '<![CDATA[',
  '&lt;&#60;&',
  '<?xml ?>',
  '<!DOCTYPE x [<!ENTITY y "z">]>',
  '\u0000\u0007\ud800 lone \udfff',
  '\u202egnp.exe\u2066\u200b',
  'url(https://evil.example) } @import "https://evil.example";',
  'W'.repeat(100_000),
  '漢字'.repeat(400),
  'שלום עולם',
];

for (const text of HOSTILE) {
  test(`is inert with ${JSON.stringify(text.slice(0, 40))} everywhere`, () => {
    const analysis: Analysis = {
      ...SMALL,
      phases: [{ at: 0, title: text }],
      branches: [{ from: 1, at: 5, back: null, reason: text }],
      findings: SMALL.findings.map((finding) => ({ ...finding, message: text })),
    };
    const trace = traceOf(text, 'x'.repeat(491));
    trace.serverModel = text;
    const picture = pictureOf(trace, analysis, { id: text });
    checkXml(picture);
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    assert.doesNotMatch(picture, /[\u0000-\u0008\u202a-\u202e\u2060-\u2069\u200b]/);
    assert.doesNotMatch(picture, /\p{Cs}/u);
    const tags = new Set(Array.from(picture.matchAll(/<([A-Za-z]+)/g), ([, name]) => name));
    const known = ['svg', 'title', 'desc', 'style', 'defs', 'pattern', 'g', 'rect', 'circle', 'path', 'line', 'text', 'tspan'];
    assert.deepEqual(
      [...tags].filter((tag) => !known.includes(tag ?? '')),
      [],
    );
    const attributes = new Set(Array.from(picture.matchAll(/\s([a-zA-Z:-]+)="/g), ([, name]) => name));
    assert.deepEqual(
      [...attributes].filter((name) => /^on|href|src/.test(name ?? '')),
      [],
    );
    assert.doesNotMatch(/<style>([\s\S]*?)<\/style>/.exec(picture)?.[1] ?? '', /@import|url\(/);
    assert.ok(picture.length < 40_000, `${picture.length} characters`);
  });
}

test('twenty thousand steps make a picture of bounded size, the same each time', () => {
  const random = createRandom(7);
  const kinds = Array.from({ length: 20_000 }, () => KINDS[Math.floor(random() * KINDS.length)] ?? 'work');
  const phases = Array.from({ length: 500 }, (_, i) => ({ at: i * 40, title: `Phase about ${i}` }));
  const branches = Array.from({ length: 600 }, (_, i) => ({ from: i * 20, at: i * 20 + 5 + i, back: null, reason: '' }));
  const analysis = analysisOf(kinds, { phases, branches });
  const trace = traceOf('Long', 'x'.repeat(1000));
  const picture = pictureOf(trace, analysis);
  assert.equal(pictureOf(trace, analysis), picture);
  checkXml(picture);
  assert.ok(picture.length < 250_000, `${picture.length} characters`);
  assert.match(picture, /and 476 more/);
});

test('a trace without reasoning says so', () => {
  const picture = pictureOf(traceOf('', ''), analysisOf([]));
  checkXml(picture);
  assert.match(picture, /holds no reasoning to draw/);
  assert.match(picture, /A reasoning trace/);
});

test('the strip has no holes, and a rare doubt is not lost among work', () => {
  const kinds = Array.from({ length: 5000 }, (_, i): Kind => (i === 2500 ? 'doubt' : 'work'));
  const stretches = stretchesOf(analysisOf(kinds).steps, 1000);
  assert.equal(stretches[0]?.from, 0);
  for (let i = 1; i < stretches.length; i++) assert.ok((stretches[i]?.from ?? 0) - (stretches[i - 1]?.to ?? 0) <= 1);
  const few = stretchesOf(analysisOf(['work', 'doubt', 'work']).steps, 300);
  assert.deepEqual(
    few.map(({ group }) => group),
    ['working', 'doubt', 'working'],
  );
});

test('text is cut and wrapped by its width', () => {
  assert.equal(fit('short', 14, 200), 'short');
  const cut = fit('a long sentence that does not fit into the place that is left', 14, 100);
  assert.ok(cut.endsWith('…') && widthOf(cut, 14) <= 115, cut);
  const lines = wrap('one two three four five six seven eight nine ten', 14, 100, 3);
  assert.equal(lines.length, 3);
  for (const line of lines.slice(0, 2)) assert.ok(widthOf(line, 14) <= 100, line);
  assert.equal(wrap('漢字'.repeat(30), 14, 100, 2).length, 2);
  assert.deepEqual(wrap('  ', 14, 100, 2), []);
});
