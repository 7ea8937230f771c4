/** A seeded generator of numbers from 0 to 1 (mulberry32), so that a failing case can be run again. */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `text` in pieces of 1 to `longest` code units. */
export function cutInto(text: string, longest: number, random: () => number): string[] {
  const pieces = [];
  for (let i = 0; i < text.length;) {
    const n = 1 + Math.floor(random() * longest);
    pieces.push(text.slice(i, i + n));
    i += n;
  }
  return pieces;
}
