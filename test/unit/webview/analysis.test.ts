import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateTokenCount } from 'tokenx';
import { createAnalyser } from '../../../src/core/analyser.ts';
import type { Analyser } from '../../../src/core/analyse.ts';
import { createAnalysts } from '../../../src/webview/analysis/remote.ts';
import type { Reply } from '../../../src/webview/analysis/service.ts';
import { createService } from '../../../src/webview/analysis/service.ts';
import { createRandom, cutInto } from '../core/random.ts';
import { longReasoning } from '../../view/traces.ts';

/** View and service with a clock and messages between them that arrive when the test says so. */
function pair(create: typeof createAnalyser = createAnalyser) {
  let clock = 0;
  const timers: { at: number; work: () => void }[] = [];
  const replies: Reply[] = [];
  const errors: unknown[] = [];
  let changes = 0;
  const service = createService(create, {
    post: (reply) => void replies.push(structuredClone(reply)),
    now: () => clock++,
    later: (work, ms) => void timers.push({ at: clock + ms, work }),
    onError: (error) => void errors.push(error),
  });
  const analysts = createAnalysts({ send: (request) => service(structuredClone(request)) }, () => changes++);
  const deliver = (): void => {
    for (const reply of replies.splice(0)) analysts.receive(reply);
  };
  /** Lets time pass until nobody waits for it. */
  const rest = async (): Promise<void> => {
    await Promise.resolve();
    while (timers.length > 0) {
      timers.sort((a, b) => a.at - b.at);
      const { at, work } = timers.shift()!;
      clock = Math.max(clock, at);
      work();
    }
    deliver();
  };
  return { analysts, errors, replies, changes: () => changes, deliver, rest };
}

const whole = (reasoning: string, answer: string, prompt: string): ReturnType<Analyser['snapshot']> => {
  const analyser = createAnalyser({ prompt });
  analyser.push(reasoning);
  analyser.pushAnswer(answer);
  analyser.end({ cutOff: false });
  return analyser.snapshot();
};

test('however it is cut and however late replies come, what the view has in the end is the analysis of the whole', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = createRandom(seed);
    const reasoning = longReasoning(3000 + Math.floor(random() * 30_000), seed);
    const answer = 'It returns `null`.\n\nUse `a ?? b` instead.';
    const { analysts, deliver, rest, errors } = pair();
    const remote = analysts.open({ prompt: 'Why?' });
    const seen = new Map<number, string>();
    for (const chunk of cutInto(reasoning, random() < 0.3 ? 20_000 : 300, random)) {
      remote.push(chunk);
      if (random() < 0.5) await Promise.resolve();
      if (random() < 0.2) deliver();
      // a step that another one follows by two was settled: the same object for good
      for (const [i, step] of remote.steps().slice(0, -2).entries()) {
        const json = JSON.stringify(step);
        assert.equal(seen.get(i) ?? json, json);
        seen.set(i, json);
      }
    }
    remote.pushAnswer(answer);
    remote.end({ cutOff: false });
    await rest();
    assert.equal(remote.settled(), true);
    assert.equal(remote.behind(), 0);
    assert.deepEqual(errors, []);
    const expected = whole(reasoning, answer, 'Why?');
    assert.deepEqual(remote.steps(), expected.steps);
    assert.deepEqual(remote.analysis(), expected);
    const tokens = estimateTokenCount(reasoning);
    assert.ok(Math.abs((remote.tokens() ?? 0) - tokens) < 0.02 * tokens, `${remote.tokens()} of ${tokens} tokens`);
  }
});

test('a settled step is sent once, whatever the length', async () => {
  const { analysts, replies, rest } = pair();
  const remote = analysts.open({});
  let told = 0;
  for (const chunk of cutInto(longReasoning(40_000), 60, createRandom(5))) {
    remote.push(chunk);
    await Promise.resolve();
    told += replies.reduce((n, { steps }) => n + steps.length, 0);
    for (const reply of replies.splice(0)) analysts.receive(reply);
  }
  await rest();
  assert.ok(told < remote.steps().length * 6, `${told} for ${remote.steps().length}`);
});

test('a long text comes in portions, the first steps at once', async () => {
  const { analysts, replies } = pair();
  const remote = analysts.open({});
  remote.push(longReasoning(200_000));
  await Promise.resolve();
  assert.equal(replies.length, 1);
  assert.ok(replies[0]!.steps.length > 5 && replies[0]!.done < 100_000);
  analysts.receive(replies[0]!);
  assert.ok(remote.behind() > 100_000);
  assert.equal(remote.settled(), false);
});

test('replies to an earlier run mean nothing', async () => {
  const { analysts, replies, changes, rest } = pair();
  analysts.open({}).push('So the first one is this. And that.');
  await Promise.resolve();
  const late = replies.splice(0);
  const remote = analysts.open({});
  const before = changes();
  for (const reply of late) analysts.receive(reply);
  assert.equal(changes(), before);
  assert.deepEqual(remote.steps(), []);
  await rest();
  assert.deepEqual(remote.steps(), []);
});

test('a fault of the analysis is reported, and the text that follows is read', async () => {
  let faults = 1;
  const { analysts, errors, rest } = pair((context) => {
    const inner = createAnalyser(context);
    return {
      ...inner,
      push(text) {
        inner.push(text);
        if (faults-- > 0) throw new Error('a fault');
      },
    };
  });
  const remote = analysts.open({});
  remote.push('One thing is this. ');
  await Promise.resolve();
  remote.push('Another is that. ');
  await Promise.resolve();
  remote.end({ cutOff: false });
  await rest();
  assert.equal(errors.length, 1);
  assert.equal(remote.steps().length, 2);
});

test('without a worker the whole reasoning is one step', async () => {
  const { analysts, changes } = pair();
  const remote = analysts.open({});
  remote.push('One. Two. ');
  await Promise.resolve();
  analysts.fail();
  remote.push('Three.');
  assert.equal(changes(), 1);
  assert.deepEqual(
    remote.steps().map(({ start, end }) => [start, end]),
    [[0, 16]],
  );
  assert.equal(remote.settled(), true);
});
