import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
const rows = readFileSync('/work/shared/data/traces/labelled.jsonl', 'utf8')
  .trim()
  .split('\n')
  .filter((l) => l.includes('"coding-train"'))
  .map((l) => JSON.parse(l))
  .filter((r) => r.source === 'coding-train');
const input = rows
  .map((r) =>
    JSON.stringify({
      id: r.id,
      reasoning: r.reasoning,
      prompt: r.prompt || undefined,
      answer: r.answer || undefined,
      segments: r.segments.map((s: any) => [s.start, s.end]),
    }),
  )
  .join('\n');
const out = spawnSync('node', ['dist/cli.cjs', 'analyze'], { input, maxBuffer: 1e9 })
  .stdout.toString()
  .trim()
  .split('\n')
  .map((l) => JSON.parse(l));
const K: any = {};
rows.forEach((r, i) => {
  const o = out[i];
  const near = (a: number[], b: number[]) => a.length === 0 || b.length === 0 || a.some((x) => b.some((y) => Math.abs(x - y) <= 1));
  for (const f of r.findings) {
    const k = (K[f.kind] ??= { gold: 0, any: 0, shown: 0, allR: 0, allN: 0, shR: 0, shN: 0, m: [] });
    k.gold++;
    const hit = o.findings.filter((g: any) => g.kind === f.kind && near(f.segments, g.steps));
    if (hit.length) k.any++;
    if (hit.some((g: any) => g.shown)) k.shown++;
    else k.m.push([i, f.segments]);
  }
  for (const g of o.findings) {
    const k = (K[g.kind] ??= { gold: 0, any: 0, shown: 0, allR: 0, allN: 0, shR: 0, shN: 0, m: [] });
    const ok = r.findings.some((f: any) => f.kind === g.kind && near(f.segments, g.steps));
    k.allN++;
    if (ok) k.allR++;
    if (g.shown) {
      k.shN++;
      if (ok) k.shR++;
    }
  }
});
for (const k in K) {
  const x = K[k];
  console.log(k.padEnd(22), 'gold', x.gold, 'any', x.any, 'shown', x.shown, '| all', x.allR + '/' + x.allN, 'shown', x.shR + '/' + x.shN);
}
const want = process.argv[2];
if (want) {
  let n = 0;
  for (const [i, segs] of K[want].m) {
    if (n++ > 14) break;
    const r = rows[i];
    console.log('--', i, segs.join(','));
    for (const s of segs.slice(0, 5))
      console.log(
        '    [' + r.segments[s].kind + ']',
        r.reasoning.slice(r.segments[s].start, r.segments[s].end).slice(0, 200).replace(/\n/g, ' '),
      );
  }
}
