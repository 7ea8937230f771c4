import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINDING_KINDS } from '../../../../src/core/analysis.ts';
import { analysisOf, found, quotesOf } from './say.ts';

/** A response with something of many kinds in it, written for this test. */
const FIRST_WORD = {
  prompt: 'Write a Python function first_word(text) that returns the first word of a text.',
  reasoning: `Okay, I need to write a function first_word that returns the first word of a text. The docstring says nothing about empty input.

I'll assume that the words are separated by single spaces. So the code would be something like this:

def first_word(text):
    return text.split(' ')[0]

But wait, what if the text is empty? Then text.split(' ') gives a list with one empty string, so the result is an empty string. That is fine.

Alternatively, I could use a regular expression, re.match. But that's more complicated than needed, and the prompt doesn't mention it. So I'll stick with split.

Let me check that with an example. If text is "hello world", then split gives ["hello", "world"], and the first element is "hello". Yes, that's correct.

So the function is text.split(' ')[0]. The code splits the text at spaces and takes the first element. So the function splits the text at spaces and returns the first element. Yes, split the text at spaces and take the first element. So the function would split the text at spaces and return the first element of it.`,
  answer: "```python\ndef first_word(text):\n    return text.split(' ')[0]\n```",
};
/** A response in which nothing of all that happens. */
const PLAIN = {
  prompt: 'What does len return for "abc"?',
  reasoning: 'The string has three characters. len counts them.',
  answer: 'It returns 3.',
};

test('every finding quotes what is there, names it in one line, and is ranked', () => {
  const { findings, steps } = analysisOf(FIRST_WORD);
  assert.ok(findings.length >= 4);
  for (const finding of findings) {
    assert.ok((FINDING_KINDS as readonly string[]).includes(finding.kind));
    assert.match(finding.message, /^[^\n]{10,400}[.]$/);
    assert.match(finding.why, /^[A-Z].*\.$/);
    assert.ok(finding.confidence > 0 && finding.confidence <= 1);
    for (const i of finding.steps) assert.ok(i >= 0 && i < steps.length);
    for (const quote of quotesOf(finding, FIRST_WORD)) assert.ok(quote.length > 0 && quote === quote.trim());
  }
  assert.ok(findings.filter(({ shown }) => shown).length <= 8);
});

test('what says more about the answer comes first: a mistake that was admitted before a check that passed, however sure that is', () => {
  const said = {
    prompt: 'How long does the retry loop wait at most?',
    reasoning: `The waits are 1, 2, 4 and 8 seconds. Oh, I made a mistake: I left the jitter out. So it is 17 seconds.

Let me check that by adding them up. 1 + 2 + 4 + 8 is 15. With the jitter of 2 that is 17. Let me verify once more: 15 + 2 = 17. Yes, that matches. That's correct.`,
    answer: 'It waits 17 seconds at most.',
  };
  const kinds = analysisOf(said).findings.map(({ kind }) => kind);
  const [check] = found('self-check', said);
  const [mistake] = found('error-admitted', said);
  assert.ok(check !== undefined && mistake !== undefined && check.confidence > mistake.confidence, JSON.stringify([check, mistake]));
  assert.ok(kinds.indexOf('error-admitted') < kinds.indexOf('self-check'), kinds.join());
});

test('a plain response has nothing shown', () => {
  assert.deepEqual(
    analysisOf(PLAIN).findings.filter(({ shown }) => shown),
    [],
  );
});

test('assumption: names what is assumed and quotes the words', () => {
  const [finding] = found('assumption', FIRST_WORD);
  assert.equal(finding?.message, 'Assumes that the words are separated by single spaces; the prompt does not say so.');
  assert.deepEqual(quotesOf(finding, FIRST_WORD), ["I'll assume that the words are separated by single spaces"]);
  assert.equal(finding.shown, true);
});

test('assumption: "assume n = 3" is a step of the mathematics', () => {
  const said = { reasoning: 'We want the sum of the first n numbers. Assume n = 3, then the sum is 6. So the formula holds there.' };
  assert.deepEqual(
    found('assumption', said).filter(({ shown }) => shown),
    [],
  );
});

test('rejected-alternative: what was weighed and what spoke against it', () => {
  const [finding] = found('rejected-alternative', FIRST_WORD);
  assert.match(finding!.message, /regular expression, re\.match.*more complicated than needed/);
});

test('edge-case: the case', () => {
  assert.match(found('edge-case', FIRST_WORD)[0]!.message, /what if the text is empty/);
  assert.deepEqual(found('edge-case', PLAIN), []);
});

test('self-check: says how it ended', () => {
  assert.match(found('self-check', FIRST_WORD)[0]!.message, /^Checks itself, passed: /);
  assert.deepEqual(found('self-check', PLAIN), []);
});

test('repetition: one finding, with both places', () => {
  const all = found('repetition', FIRST_WORD);
  assert.equal(all.length, 1);
  assert.match(all[0]!.message, /^Goes over the same points again in \d+ steps, \d+ % of the reasoning/);
  assert.equal(all[0]!.quotes.length, 2);
  assert.deepEqual(found('repetition', PLAIN), []);
});

test('settled-early: where, and how much came after; only for an answer that is there', () => {
  assert.match(found('settled-early', FIRST_WORD)[0]!.message, /return text\.split\(' '\)\[0\].*the \d\d % of the reasoning after it/);
  assert.deepEqual(found('settled-early', { ...FIRST_WORD, answer: '' }), []);
});

test('error-admitted: one of its own, not one of the code that was asked about', () => {
  const own = { reasoning: 'The total is 113 minutes. Oh, I made a mistake: I left the jitter out. So it is 85 minutes.' };
  assert.match(found('error-admitted', own)[0]!.message, /^Admits a mistake: “I made a mistake: I left the jitter out/);
  assert.deepEqual(found('error-admitted', { reasoning: 'The user made a mistake in line 3. The loop is wrong there.' }), []);
  assert.deepEqual(found('error-admitted', { reasoning: 'Maybe I made a mistake in the order. Let me see.' }), []);
});

test('change-of-mind: from what to what', () => {
  const said = {
    prompt: 'Which call is slow?',
    reasoning: `Let me look at the two calls. I think the database query is the slow one, because it has no index.

No, that's wrong, the query runs only once at the start. The slow one must be the image resize, which runs for each row. So I should move the resize out of the loop.`,
    answer: 'The resize is slow.',
  };
  const [finding] = found('change-of-mind', said);
  assert.match(finding!.message, /^Turns from “.*” to “that's wrong, the query runs only once at the start”\.$/);
  assert.deepEqual(found('change-of-mind', PLAIN), []);
});

test('cut-off: in the reasoning or in the answer, and only then', () => {
  const said = { reasoning: 'First I look at the loop. Then the index goes', cutOff: true };
  const [finding] = found('cut-off', said);
  assert.match(finding!.message, /breaks off at “the index goes”, before an answer/);
  assert.equal(finding!.shown, true);
  const inAnswer = { ...PLAIN, cutOff: true };
  assert.match(found('cut-off', inAnswer)[0]!.message, /^The answer breaks off after “It returns 3”/);
  assert.deepEqual(found('cut-off', PLAIN), []);
  assert.deepEqual(found('cut-off', { reasoning: '', cutOff: true }), []);
});

test('secret: where, never what', () => {
  const key = `sk-${'a1B2'.repeat(8)}`;
  const said = { reasoning: `The config holds ${key} as the key. So the call is authorised.`, answer: 'Done.' };
  const [finding] = found('secret', said);
  assert.deepEqual(quotesOf(finding!, said), [key]);
  assert.ok(!JSON.stringify(finding).includes(key));
  assert.deepEqual(found('secret', PLAIN), []);
});

test('language-switch: sentences in another script, not names or quotations', () => {
  const said = {
    reasoning:
      'The user wants a list of the files in the folder. We read the folder and filter the names. 然后我们需要检查每个文件是否存在，并且返回结果。 So the result is a list of strings.',
  };
  const [finding] = found('language-switch', said);
  assert.match(finding!.message, /^Goes on in Chinese for a step, though the rest is in Latin script/);
  assert.deepEqual(
    found('language-switch', { reasoning: 'The label says "然后我们需要检查每个文件是否存在". We keep that label as it is in the file.' }),
    [],
  );
});

test('not-in-reasoning: the block that nothing speaks of', () => {
  const said = {
    prompt: 'How do I sort a list in Python?',
    reasoning: 'The user wants to sort a list. The built-in sorted returns a new list. The sort method works in place.',
    answer: `Use sorted, which returns a new list, or the sort method, which works in place.

Deploy the container behind nginx with certificates from letsencrypt, rotate the credentials weekly and monitor latency percentiles through grafana dashboards.`,
  };
  const [finding] = found('not-in-reasoning', said);
  assert.match(quotesOf(finding!, said)[0]!, /^Deploy the container/);
  assert.deepEqual(
    found('not-in-reasoning', { ...said, answer: 'Use sorted, which returns a new list, or the sort method, which works in place.' }),
    [],
  );
});

test('dropped-caveat: a risk that only the reasoning tells; not where the prompt wants only code', () => {
  const said = {
    prompt: 'Make the timer accept long delays.',
    reasoning:
      'The delay goes to setTimeout. If capMs is above 2147483647, setTimeout would fire at once and the loop would spin. So I return the smaller value.',
    answer: 'I changed the function so that it returns the smaller value.',
  };
  assert.match(found('dropped-caveat', said)[0]!.message, /capMs is above 2147483647/);
  assert.deepEqual(
    found('dropped-caveat', {
      ...said,
      answer: 'Keep capMs below 2147483647: above it setTimeout would fire at once and the loop would spin.',
    }),
    [],
  );
  assert.deepEqual(found('dropped-caveat', { ...said, prompt: 'Make the timer accept long delays. Output only the code.' }), []);
});

const OPEN = {
  prompt: 'How large should the pool be?',
  reasoning: `The service opens a pool of connections. Its size is read from the configuration.

Does the proxy in front of the database close idle connections sooner? I can't tell from here.

The constant itself is easy to find. It stands in settings.py, and nothing else reads it.`,
  answer: 'Set the constant in settings.py to 20.',
};

test('open-doubt: a question that is left, shown with what it asks; not one that is settled, or that the answer passes on', () => {
  const [finding] = found('open-doubt', OPEN);
  assert.equal(
    finding?.message,
    "Asks “Does the proxy in front of the database close idle connections sooner?” and leaves it open: “I can't tell from here”.",
  );
  assert.equal(finding.shown, true);
  const settled = OPEN.reasoning.replace(
    'The constant itself',
    'The proxy keeps idle connections of the database open. The constant itself',
  );
  const passedOn = 'Set the constant to 20, unless the proxy in front of the database closes idle connections sooner.';
  for (const said of [
    { ...OPEN, reasoning: settled },
    { ...OPEN, answer: passedOn },
  ])
    assert.deepEqual(
      found('open-doubt', said).filter(({ shown }) => shown),
      [],
    );
});

test('the few that are shown: one of a kind, a sure second one where it bears on the answer, none that is unsure', () => {
  const { findings } = analysisOf({
    prompt: 'Write the importer.',
    reasoning: `I'll assume that the file is in UTF-8. The rows are read one by one.

I'll assume that the header has three columns. Perhaps the separator is a comma.

I'll assume that no row is longer than a line. The sum is written at the end.`,
    answer: 'The importer reads the rows.',
  });
  const assumptions = findings.filter(({ kind }) => kind === 'assumption');
  assert.ok(assumptions.length >= 3);
  assert.deepEqual(
    assumptions.map(({ shown }) => shown),
    assumptions.map((_, i) => i < 2),
  );
  const { findings: looks } = analysisOf(FIRST_WORD);
  for (const kind of ['edge-case', 'self-check', 'rejected-alternative'])
    assert.ok(looks.filter((finding) => finding.shown && finding.kind === kind).length <= 1, kind);
  for (const { shown, confidence } of findings) if (shown) assert.ok(confidence >= 0.5);
  assert.ok(findings.some(({ shown, confidence }) => !shown && confidence < 0.5));
});

test('assumption: what the prompt says is none, and that it does not say so is told only where that is so', () => {
  const message = (reasoning: string, prompt: string): string | undefined => found('assumption', { prompt, reasoning })[0]?.message;
  const reasoning = "Let me read it. I'll assume that the input list is sorted. Then a binary search will do.";
  assert.equal(message(reasoning, 'Search a list.'), 'Assumes that the input list is sorted; the prompt does not say so.');
  assert.equal(message(reasoning, 'Search it.\nThe input list is sorted already!'), undefined);
  // what it denies, or says of several things apart, it does not say
  for (const prompt of ['The input list is not sorted.', 'The input is a list. The result is sorted.'])
    assert.equal(message(reasoning, prompt), 'Assumes that the input list is sorted; the prompt does not say so.');
  const value = "Let me read it. I'll assume that value is a string. Then it is replaced.";
  assert.equal(message(value, 'Args:\n  value: old string'), 'Assumes that value is a string.');
  assert.equal(message(value, 'The value is a string.'), undefined);
});

test('assumption: what is assumed as a sentence of its own, whatever stands around it', () => {
  const message = (reasoning: string, prompt = 'Write it.'): string | undefined => found('assumption', { prompt, reasoning })[0]?.message;
  const says = (what: string): string => `Assumes that ${what}; the prompt does not say so.`;
  assert.equal(message("The function takes 'labels', which I assume is a dictionary."), says("'labels' is a dictionary"));
  assert.equal(
    message('All machines are alike (assuming that they run at the same rate), so the total is 12.'),
    says('they run at the same rate'),
  );
  assert.equal(message('Assuming A is at least 2, so the division is safe.'), says('A is at least 2'));
  assert.equal(message("I'll assume the standard behavior here."), 'Assumes the standard behavior here; the prompt does not say so.');
  assert.equal(
    message('Assuming that the file is sorted.', ''),
    'Assumes that the file is sorted.',
    'nothing is said of a prompt that is not known',
  );
  for (const nothing of [
    "Assuming that's correct, the scenario is another one.",
    "I can't assume that the file is there.",
    'We can assume that.',
  ])
    assert.doesNotMatch(message(nothing) ?? '', /^Assumes/, nothing);
});

test('self-check: what is to be seen to is no outcome', () => {
  const outcome = (check: string): string | undefined =>
    /^Checks itself, (\w+)/.exec(
      found('self-check', {
        prompt: 'How many letters are even?',
        reasoning: `The word has twelve letters. Six of them are at even places, so the answer is six.\n\n${check}`,
        answer: 'Six.',
      })[0]?.message ?? '',
    )?.[1];
  assert.equal(
    outcome("Let me count again to make sure I didn't make a mistake. d, o, r, f, u, n: that is six. Yes, that matches."),
    'passed',
  );
  assert.equal(outcome("Let me check by counting them. d, o, r, f, u: that is five. So six is wrong, it doesn't match."), 'failed');
  assert.equal(
    outcome('Let me verify the count. The letters are d, o, r, f and u: it matches, though the word has only five letters.'),
    'without',
  );
  assert.equal(outcome('Let me check the count again to ensure it is correct. d, o, r, f, u, n.'), 'without');
});

test('settled-early: not where lines of the answer were written only after it, nor where the answer differs from its draft', () => {
  const chain = (rest: string): string => `The user wants the sum of the even numbers.

So the code would be:

\`\`\`python
def total(values):
    evens = [v for v in values if v % 2 == 0]
    return sum(evens)
\`\`\`

That keeps the even numbers and adds them up. ${rest}`;
  const plain = 'An empty list gives zero. A list of odd numbers gives zero as well, since nothing is kept. The name says what it does. ';
  const code = '```python\ndef total(values):\n    evens = [v for v in values if v % 2 == 0]\n    return sum(evens)\n```';
  const anew = code.replace('return sum(evens)', 'return math.fsum(evens)');
  const shown = (reasoning: string, answer: string): boolean =>
    found('settled-early', { prompt: 'Sum the even numbers.', reasoning, answer }).some((finding) => finding.shown);
  assert.equal(shown(chain(plain.repeat(2)), code), true);
  assert.equal(shown(chain(`${plain}For floats I write \`return math.fsum(evens)\` instead. ${plain}`), anew), false);
  const differs = code.replace('v % 2 == 0', 'v % 2 != 0');
  assert.equal(found('contradiction', { prompt: 'Sum the even numbers.', reasoning: chain(plain.repeat(2)), answer: differs }).length, 1);
  assert.equal(shown(chain(plain.repeat(2)), differs), false);
});

test('rejected-alternative: the idea and the reason, not the lines that lead in to them', () => {
  const [finding] = found('rejected-alternative', {
    ...FIRST_WORD,
    reasoning: FIRST_WORD.reasoning.replace(/Alternatively, /, 'Alternatively:\n\n'),
  });
  assert.match(finding?.message ?? '', /regular expression, re\.match/);
  assert.doesNotMatch(finding?.message ?? '', /“Alternatively/);
});

test('rejected-alternative: the way that the answer takes is not the one that is left', () => {
  const said = {
    prompt: 'Make the counter safe for several threads.',
    reasoning: `The counter is read and written without a lock. Let me think about what fits best.

Alternatively, I could use a mutex around the increment, which is plain and safe. Another option would be an atomic integer, but it needs a newer compiler, which is more complicated than needed here. So I'll go with the mutex.`,
    answer: 'I put a mutex around the increment.',
  };
  const [finding] = found('rejected-alternative', said);
  assert.match(finding?.message ?? '', /^Weighs (?:another way and leaves it: )?“.*atomic integer/);
});

test('dropped-caveat: what the user should know, where the step that says so only points back at it', () => {
  const said = {
    prompt: 'Cache the results.',
    reasoning:
      'The cache is a dictionary in the module. With several workers each process keeps a copy of its own, so totals differ. The user should know about this.',
    answer: 'I added a dictionary that keeps the results.',
  };
  const [finding] = found('dropped-caveat', said);
  assert.match(finding?.message ?? '', /each process keeps a copy of its own/);
  const [named] = found('dropped-caveat', {
    ...said,
    reasoning:
      'The function returns the parsed list of accounts. That endpoint is rate limited to ten requests per second, so the user should be warned.',
  });
  assert.match(named?.message ?? '', /That endpoint is rate limited/);
  assert.equal(finding?.shown, true);
  const [warned] = found('dropped-caveat', { ...said, answer: `${said.answer} Beware: they are not shared between workers.` });
  assert.ok(warned === undefined || !warned.shown);
});

test('not-in-reasoning: nothing is said of another language, of what a program printed, or of a name whose parts were spoken of', () => {
  const reasoning =
    'The user wants a timeout for the test run. A decorator that sets the timeout is enough, and the test server runs on port 8000. It is started with the artisan command.';
  const missing = (answer: string): number => {
    const { links, findings } = analysisOf({ prompt: 'Add a timeout.', reasoning, answer });
    return links.filter(({ steps }) => steps.length === 0).length + findings.filter(({ kind }) => kind === 'not-in-reasoning').length;
  };
  for (const answer of [
    'このコマンドで他のパソコンからもアクセスできるようになります。恒久的に設定を変更したい場合は、設定ファイルを編集してください。',
    'Mit diesem Befehl ist der Rechner auch von anderen Geräten aus zu erreichen. Wer die Einstellung dauerhaft ändern will, bearbeitet die Datei.',
    '2025-03-17 06:37:52 /favicon.ico ............................ ~ 1s\n2025-03-17 06:37:53 /login/form ............ ~ 2s',
    '<function=execute_bash>\n<parameter=command>\ncd /workspace/project && grep -rn lines_before src\n</parameter>\n</function>',
    '```python\ntimeout_decorator\ntestTimeout_decorator\n```',
  ])
    assert.equal(missing(answer), 0, answer);
  assert.equal(missing('The firewall of the receiving branch office rejects every third packet from Oslo.'), 2);
});

test('open-doubt: an ambiguous word', () => {
  const said = {
    prompt: 'What does amend do here?',
    reasoning:
      'The function amend takes a dict. But what does "amend" really mean here? Maybe it means to merge, or maybe it means to overwrite. The docstring is ambiguous and I am not sure which one is intended. I will just write the code.',
    answer: 'def amend(d): return d',
  };
  const analysis = analysisOf(said);
  for (const finding of analysis.findings)
    if (finding.kind === 'open-doubt') assert.match(finding.message, /leaves it open|does not come back to it/);
});
