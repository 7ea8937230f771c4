/** A test runner small enough for a web worker, where node:test is not to be had. Used by the suites that run inside the extension host. */

interface Case {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

const cases: Case[] = [];

export function test(name: string, run: () => Promise<void> | void): void {
  cases.push({ name, run });
}

/** Runs all that was registered, in order. Each outcome is a line in the console; throws at the end if any failed. */
export async function runAll(): Promise<void> {
  const failures: string[] = [];
  for (const { name, run } of cases) {
    try {
      await withinSeconds(60, run());
      console.log(`${PASSED} ${name}`);
    } catch (error) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.log(`${FAILED} ${name}: ${words}`);
      failures.push(`${name}: ${words}`);
    }
  }
  console.log(`${ENDED} ${cases.length}`);
  if (cases.length === 0) throw new Error('no test was found');
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

/** How the lines begin by which whoever started the suite learns what happened in it. */
export const PASSED = 'suite-passed:';
export const FAILED = 'suite-failed:';
export const ENDED = 'suite-ended:';

async function withinSeconds(seconds: number, work: Promise<void> | void): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not done within ${seconds} s`)), seconds * 1000);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export function ok(value: unknown, message: string): asserts value {
  if (!value) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown, about = 'value'): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${about} is ${a}, not ${b}`);
}

/** Asks again every 50 ms until the answer is true. */
export async function until(about: string, condition: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await condition());) {
    if (Date.now() > end) throw new Error(`${about}: not so within ${seconds} s`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
