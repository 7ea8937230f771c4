import type { Finding, Step } from './analysis.ts';
import { claimsOf, declaredIn } from './claims.ts';
import type { Claim } from './claims.ts';
import { REASONS, sentence } from './findings/sentences.ts';

/** What a project can be asked. Paths are relative to its root, with slashes. */
export interface Project {
  /** All source files. */
  readonly files: readonly string[];
  /** A file's text; null when it can't be read. */
  readonly read: (path: string) => Promise<string | null>;
}

/** What of a text was found in the project: UTF-16 offsets into the text, the file, and a line from 0 where one is known. */
export interface Place {
  readonly in: 'reasoning' | 'answer';
  readonly start: number;
  readonly end: number;
  readonly file: string;
  readonly line: number | null;
}

export interface Grounding {
  readonly places: readonly Place[];
  readonly findings: readonly Finding[];
}

interface Texts {
  readonly prompt: string;
  readonly reasoning: string;
  readonly answer: string;
  readonly steps: readonly Step[];
}

/** A project with more text than this is searched as far as it goes, and then nothing is said to be missing. UTF-16 code units. */
const MOST_TEXT = 20_000_000;

/** Holds what reasoning and answer say about files and symbols against the project. */
export async function ground({ prompt, reasoning, answer, steps }: Texts, project: Project): Promise<Grounding> {
  const blocks = paragraphsOf(answer);
  const claims = [
    ...claimsOf(reasoning, steps).map((claim) => ({ ...claim, in: 'reasoning' as const })),
    ...claimsOf(answer, blocks).map((claim) => ({ ...claim, in: 'answer' as const })),
  ];
  const places: Place[] = [];
  const missing: (Claim & { in: 'reasoning' | 'answer' })[] = [];
  if (project.files.length === 0) return { places, findings: [] };
  const brought = declaredIn(`${reasoning}\n${answer}\n${prompt}`);
  const index = createIndex(project);
  const folders = new Set(
    project.files.flatMap((file) =>
      file
        .split('/')
        .slice(0, -1)
        .map((_, i, all) => all.slice(0, i + 1).join('/')),
    ),
  );
  for (const claim of claims) {
    const { symbol, start, end } = claim;
    const file = claim.file === null ? undefined : fileFor(claim.file, project.files);
    if (symbol === null) {
      if (file !== undefined) places.push({ in: claim.in, start, end, file, line: claim.line === null ? null : claim.line - 1 });
      // a bare name may be an example from anywhere; a path below a folder of this project speaks of this project
      else if (claim.file?.includes('/') === true && folders.has(claim.file.slice(0, claim.file.lastIndexOf('/')))) missing.push(claim);
      continue;
    }
    if (brought.has(symbol) || claim.ofLanguage || (claim.file !== null && file === undefined)) continue;
    const found = file !== undefined ? ((await index.find(symbol, [file])) ?? (await index.find(symbol))) : await index.find(symbol);
    if (found !== null) places.push({ in: claim.in, start, end, ...found });
    // without a file beside it, a name may be of the language or of a library
    else if (file !== undefined && index.complete() && !prompt.includes(symbol)) missing.push(claim);
  }
  return {
    places,
    findings: findingsOf(
      missing.filter(({ proposed }) => !proposed),
      { reasoning, answer, steps },
    ),
  };
}

function findingsOf(
  missing: readonly (Claim & { in: 'reasoning' | 'answer' })[],
  { reasoning, answer, steps }: Omit<Texts, 'prompt'>,
): Finding[] {
  const byName = new Map<string, (Claim & { in: 'reasoning' | 'answer' })[]>();
  for (const claim of missing) {
    const name = claim.symbol ?? claim.file ?? '';
    byName.set(name, [...(byName.get(name) ?? []), claim]);
  }
  return Array.from(byName.values(), (claims): Finding => {
    const first = claims[0] as Claim & { in: 'reasoning' | 'answer' };
    const written = (first.in === 'reasoning' ? reasoning : answer).slice(first.start, first.end);
    const at = claims
      .filter((claim) => claim.in === 'reasoning')
      .map(({ start }) => steps.findIndex((step) => start >= step.start && start < step.end));
    return {
      kind: 'mention-missing',
      steps: [...new Set(at.filter((step) => step >= 0))],
      confidence: first.symbol === null ? 0.8 : 0.9,
      shown: true,
      message: first.symbol === null ? sentence('fileMissing', written) : sentence('nameMissing', written, first.file ?? ''),
      why: REASONS['mention-missing'],
      quotes: claims.slice(0, 4).map((claim) => ({ in: claim.in, start: claim.start, end: claim.end })),
    };
  });
}

/** The file that is meant: the path itself, or the only one that ends in it. */
function fileFor(path: string, files: readonly string[]): string | undefined {
  const wanted = path.replace(/^\.?\//, '');
  if (files.includes(wanted)) return wanted;
  const ending = files.filter((file) => file.endsWith(`/${wanted}`));
  return ending.length === 1 || wanted.includes('/') ? ending[0] : undefined;
}

/** Looks for names in a project's files, each of which is read once. */
function createIndex({ files, read }: Project) {
  const texts = new Map<string, string>();
  let size = 0;
  let complete = true;
  const textOf = async (file: string): Promise<string> => {
    const have = texts.get(file);
    if (have !== undefined) return have;
    const text = size > MOST_TEXT ? null : await read(file);
    if (text === null) complete = false;
    size += text?.length ?? 0;
    texts.set(file, text ?? '');
    return text ?? '';
  };
  return {
    complete: () => complete,
    async find(symbol: string, within: readonly string[] = files): Promise<{ file: string; line: number } | null> {
      const name = `(?<![\\w$])${symbol.replace(/\$/g, '\\$')}(?![\\w$])`;
      const word = new RegExp(name);
      const made = new RegExp(
        `(?:\\b(?:function|class|const|let|var|def|fn|func|fun|interface|type|struct|enum)\\s+|^\\s+(?:async\\s+)?)${name}(?=\\s*[(<:={]|\\s*$|\\s)`,
        'm',
      );
      let used: { file: string; line: number } | null = null;
      for (const file of within) {
        const text = await textOf(file);
        const mentioned = text.search(word);
        if (mentioned < 0) continue;
        // where it is made says more than where it is used
        const definition = text.search(made);
        const at = definition < 0 ? mentioned : definition + text.slice(definition).search(word);
        const place = { file, line: text.slice(0, at).split('\n').length - 1 };
        if (definition >= 0) return place;
        used ??= place;
      }
      return used;
    },
  };
}

/** The paragraphs of an answer, fenced code apart, as UTF-16 offsets. */
function paragraphsOf(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  const pattern = /(?:```|~~~)[\s\S]*?(?:```|~~~|$)|[^\n]+/g;
  for (const match of text.matchAll(pattern)) spans.push({ start: match.index, end: match.index + match[0].length });
  return spans;
}
