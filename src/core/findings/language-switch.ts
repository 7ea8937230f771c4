import { NOT_LATIN, scriptOf } from '../language.ts';
import { gistOf } from '../phrase.ts';
import type { StepFacts } from '../step-facts.ts';
import type { Draft, Finder } from './ground.ts';
import { eachStep, whole } from './ground.ts';
import { sentence } from './sentences.ts';

/** Share of a step's letters that are of a script before it counts as written in it. */
const SHARE = 0.85;
/** Names and commands are written in Latin letters anywhere; sentences have words like these. */
const LATIN_WORDS = /\b(?:the|is|are|to|and|of|we|so|that|this|for|it|der|die|und|ist|le|la|les|est|que|el|los|de|en)\b/gi;
const CODE = /[;{}]|=>|\/\/|\w\(|^\s*[$#>]|--\w/;

/** The reasoning goes on in another script than the one that it is written in. What it quotes does not count. */
export const findLanguageSwitches: Finder = (ground) => {
  if (!ground.facts.some(({ text }) => NOT_LATIN.test(text))) return [];
  const scripts: (string | null)[] = [];
  const weight = new Map<string, number>();
  eachStep(ground, (facts) => {
    const script = scriptOfStep(facts);
    scripts.push(script);
    if (script !== null) weight.set(script, (weight.get(script) ?? 0) + facts.end - facts.start);
  });
  const main = [...weight].sort((a, b) => b[1] - a[1])[0]?.[0];
  if (main === undefined || weight.size < 2) return [];
  const drafts: Draft[] = [];
  for (let i = 0; i < scripts.length; i++) {
    const script = scripts[i];
    if (script === null || script === undefined || script === main) continue;
    const steps = [i];
    while (i + 1 < scripts.length && (scripts[i + 1] === script || scripts[i + 1] === null)) steps.push(++i);
    while (scripts[steps.at(-1) ?? 0] === null) steps.pop();
    const facts = ground.facts[steps[0] ?? 0];
    if (facts === undefined) continue;
    drafts.push({
      kind: 'language-switch',
      steps,
      confidence: steps.length > 1 ? 0.8 : 0.7,
      message: sentence(
        steps.length === 1 ? 'otherLanguageOnce' : 'otherLanguage',
        nameOf(script),
        nameOf(main),
        gistOf(facts.text, 60),
        steps.length,
      ),
      quotes: [whole(ground, steps[0] ?? 0)],
    });
  }
  return drafts;
};

function nameOf(script: string): string {
  return /^(?:Latin|Cyrillic|Arabic|Hebrew|Greek|Devanagari|Thai)$/.test(script) ? `${script} script` : script;
}

/** The script that a step is written in, what it quotes and its code left out; null when there is too little to tell. */
function scriptOfStep({ text, fenced }: StepFacts): string | null {
  if (fenced || CODE.test(text)) return null;
  const script = scriptOf(text);
  if (script === null || script.share < SHARE) return null;
  return script.name === 'Latin' && (text.match(LATIN_WORDS)?.length ?? 0) < 3 ? null : script.name;
}
