import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { placeCode } from '../../../src/core/place.ts';
import { definitionsIn, indentOf } from '../../../src/core/place/definitions.ts';
import { createRandom } from './random.ts';

const CART = `import { round } from './money.ts';

/** What the customer pays. */
export class Cart {
  readonly #lines: Line[] = [];

  add(line: Line): void {
    this.#lines.push(line);
  }

  /** The sum in euros. */
  total(): number {
    let sum = 0;
    for (const line of this.#lines) {
      sum += line.price * line.count;
    }
    return Math.ceil(sum * 100) / 100;
  }
}

export function discount(total: number, percent: number): number {
  if (percent === 0) return total;
  return total - (total * percent) / 100;
}

export const LIMIT = 50;
`;

/** The file with one text replaced by another, which must be in it. */
function with_(file: string, from: string, to: string): string {
  assert.ok(file.includes(from), from);
  return file.replace(from, () => to);
}

function places(file: string, code: string): string {
  const placed = placeCode(file, code);
  assert.ok(placed !== null, 'no place was found');
  return placed.text;
}

const DISCOUNT = `export function discount(total: number, percent: number): number {
  return Math.round(total * (100 - percent)) / 100;
}`;

test('a whole function takes the place of the one of its name', () => {
  const old = /export function discount[\s\S]*?\n\}/.exec(CART)?.[0] ?? '';
  assert.equal(places(CART, DISCOUNT), with_(CART, old, DISCOUNT));
  assert.equal(placeCode(CART, DISCOUNT)?.line, 21);
});

test('a method without its class is put into the class, indented as there', () => {
  const method = `total(): number {
  let cents = 0;
  for (const line of this.#lines) cents += Math.round(line.price * 100) * line.count;
  return cents / 100;
}`;
  const old = / {2}total\(\): number \{[\s\S]*?\n {2}\}/.exec(CART)?.[0] ?? '';
  assert.equal(places(CART, method), with_(CART, old, method.replace(/^/gm, '  ')));
});

test('a class that is shown in part replaces no more than that part', () => {
  const code = `export class Cart {
  /** The sum in euros, by whole cents. */
  total(): number {
    return this.#lines.reduce((cents, line) => cents + Math.round(line.price * 100) * line.count, 0) / 100;
  }
}`;
  const text = places(CART, code);
  assert.ok(text.includes('add(line: Line): void') && text.includes('readonly #lines'));
  assert.ok(text.includes('reduce((cents') && !text.includes('Math.ceil'));
  assert.equal(text.match(/The sum in euros/g)?.length, 1);
  assert.equal(text.match(/class Cart/g)?.length, 1);
});

test('"the rest stays" stays', () => {
  const code = `export class Cart {
  // ... existing code

  total(): number {
    let sum = 0;
    // ...
    return Math.round(sum * 100) / 100;
  }
}`;
  assert.equal(places(CART, code), with_(CART, 'Math.ceil', 'Math.round'));
});

test('some lines of a function find it by what they say', () => {
  const code = `for (const line of this.#lines) {
  sum += Math.round(line.price * 100) * line.count;
}
return sum / 100;`;
  const text = places(CART, code);
  assert.ok(
    text.includes(
      '    for (const line of this.#lines) {\n      sum += Math.round(line.price * 100) * line.count;\n    }\n    return sum / 100;\n  }',
    ),
    text,
  );
});

test('new imports go to the imports, a new function behind the one that it follows', () => {
  const code = `import { round } from './money.ts';
import { Percent } from './percent.ts';

${DISCOUNT}

export function half(total: number): number {
  return discount(total, 50);
}`;
  const text = places(CART, code);
  assert.ok(text.startsWith(`import { round } from './money.ts';\nimport { Percent } from './percent.ts';\n\n/** What`));
  assert.ok(text.includes(`${DISCOUNT}\n\nexport function half(`));
  assert.ok(text.endsWith('export const LIMIT = 50;\n'));
});

test('a whole file is the whole file', () => {
  const code = with_(CART, 'Math.ceil', 'Math.round').trim();
  assert.equal(places(CART, code), with_(CART, 'Math.ceil', 'Math.round'));
});

test('a unified diff says itself where it belongs', () => {
  const code = `--- a/src/cart.ts
+++ b/src/cart.ts
@@ -15,5 +15,5 @@
       sum += line.price * line.count;
     }
-    return Math.ceil(sum * 100) / 100;
+    return Math.round(sum * 100) / 100;
   }
 }
`;
  assert.equal(places(CART, code), with_(CART, 'Math.ceil', 'Math.round'));
  assert.equal(placeCode('something else\n', code), null);
});

test('line ends and tabs stay as they are in the file', () => {
  const file = CART.replaceAll('  ', '\t').replaceAll('\n', '\r\n');
  const text = places(file, DISCOUNT);
  assert.ok(text.includes('\r\n\treturn Math.round(total * (100 - percent)) / 100;\r\n}\r\n'));
  assert.ok(!/[^\r]\n/.test(text));
});

test('Python, by indentation', () => {
  const file = `import math

class Cart:
    def add(self, line):
        self.lines.append(line)

    @property
    def total(
        self,
    ):
        s = sum(l.price for l in self.lines)

        return math.ceil(s * 100) / 100

    def clear(self):
        self.lines = []
`;
  const code = `@property
def total(self):
    return round(sum(l.price for l in self.lines), 2)
`;
  const text = places(file, code);
  assert.ok(
    text.includes(
      '        self.lines.append(line)\n\n    @property\n    def total(self):\n        return round(sum(l.price for l in self.lines), 2)\n\n    def clear(self):',
    ),
    text,
  );
});

test('Go and Rust', () => {
  const go = 'package cart\n\nfunc (c *Cart) Total() int {\n\treturn 0\n}\n\nfunc (c *Cart) Clear() {\n\tc.lines = nil\n}\n';
  assert.equal(places(go, 'func (c *Cart) Total() int {\n\treturn c.sum()\n}'), with_(go, 'return 0', 'return c.sum()'));
  const rust =
    'impl Cart {\n    pub fn total(&self) -> u64 {\n        0\n    }\n\n    pub fn clear(&mut self) {\n        self.lines.clear();\n    }\n}\n';
  assert.equal(places(rust, 'pub fn total(&self) -> u64 {\n    self.sum()\n}'), with_(rust, '        0\n', '        self.sum()\n'));
});

test('code that is there already changes nothing', () => {
  const old = /export function discount[\s\S]*?\n\}/.exec(CART)?.[0] ?? '';
  assert.equal(placeCode(CART, old)?.changes, false);
  assert.equal(placeCode(CART, DISCOUNT)?.changes, true);
});

for (const [what, code] of Object.entries({
  nothing: '  \n',
  'code of another project': 'const app = express();\napp.get("/", (req, res) => res.send("hello"));\napp.listen(3000);',
  'a command line': 'npm install --save-dev typescript',
  'closing braces': '}\n  }\n}',
  'an output': '0.31\n0.30',
  'a function that is not there': 'function unheardOf(a) {\n  return a.b.c.d;\n}',
})) {
  test(`no place for ${what}`, () => assert.equal(placeCode(CART, code), null));
}

test('two places that are as good as each other are none', () => {
  const twice =
    'function a() {\n  const user = load(id);\n  save(user, true);\n}\n\nfunction b() {\n  const user = load(id);\n  save(user, true);\n}\n';
  assert.equal(placeCode(twice, 'const user = load(id);\nsave(user, false);'), null);
  const named = 'class A {\n  run() {\n    return 1;\n  }\n}\n\nclass B {\n  run() {\n    return 1;\n  }\n}\n';
  assert.equal(placeCode(named, 'run() {\n  return 2;\n}'), null);
});

test('no text can make it fail, and big files do not take long', () => {
  const random = createRandom(3);
  const pieces = [
    'function f() {',
    '}',
    '{',
    '(',
    '  x = 1;',
    '',
    '// ...',
    'class A {',
    'def g(',
    '@@ -1,2 +1,2 @@',
    '-x',
    '+y',
    '\u0000',
    '`',
    '"',
    '\t\tif (a) {',
    '\ud800',
  ];
  const text = (n: number): string => Array.from({ length: n }, () => pieces[Math.floor(random() * pieces.length)]).join('\n');
  for (let i = 0; i < 400; i++) assert.doesNotThrow(() => placeCode(text(30), text(8)));
  const big = Array.from({ length: 40_000 }, (_, i) => `  call${i % 97}(argument${i});`).join('\n');
  assert.equal(placeCode(big, text(200)), null);
  assert.ok(placeCode(`${big}\n${CART}`, DISCOUNT)?.changes);
});

test('of the project itself, each definition with a line more in it, taken to the margin, goes back to where it was', () => {
  let all = 0;
  let right = 0;
  const wrong: string[] = [];
  for (const file of globSync('src/**/*.{ts,tsx}', { cwd: new URL('../../..', import.meta.url) })) {
    const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
    const lines = text.split('\n');
    for (const { at, to, indent } of definitionsIn(lines)) {
      if (to - at < 4) continue;
      const middle = at + 1 + Math.floor((to - at - 2) / 2);
      const added = ' '.repeat(indentOf(lines[middle] ?? '')) + 'newCall(someArgument, 42);';
      const changed = [...lines.slice(at, middle), added, ...lines.slice(middle, to)];
      const placed = placeCode(text, changed.map((line) => line.slice(indent)).join('\n'));
      all++;
      if (placed?.text === [...lines.slice(0, at), ...changed, ...lines.slice(to)].join('\n')) right++;
      else wrong.push(`${file}:${at + 1}`);
    }
  }
  assert.ok(all > 300, `${all} definitions`);
  assert.ok(right / all > 0.98, `${all - right} of ${all} went elsewhere: ${wrong.slice(0, 20).join(', ')}`);
});
