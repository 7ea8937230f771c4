import type { Support } from '../links.ts';
import { clip } from '../phrase.ts';
import type { Finder } from './ground.ts';
import { sentence } from './sentences.ts';

/** A block with fewer terms says too little to be missed in the reasoning. */
const TERMS = 6;

/** A substantial part of the answer was never reasoned about: the block whose words occur least in the reasoning, and how many are like it. */
export const findNotInReasoning: Finder = (ground) => {
  if (!ground.ended || ground.cutOff || ground.facts.length === 0) return [];
  const substantial = ground.links.filter((link) => link.comparable && link.terms >= TERMS && link.kind !== 'heading');
  const missing = substantial
    .filter((link) => link.steps.length === 0)
    .sort((a, b) => missed(b) - missed(a) || a.block.start - b.block.start);
  const worst = missing[0];
  if (worst === undefined) return [];
  const size = (links: typeof missing): number => links.reduce((sum, link) => sum + link.terms, 0);
  const share = size(missing) / Math.max(1, size(substantial));
  const text = clip(ground.answer.slice(worst.block.start, worst.block.end), 80);
  const others = missing.length - 1;
  return [
    {
      kind: 'not-in-reasoning',
      steps: [],
      confidence: Math.min(0.75, 0.3 + 0.35 * share + 0.01 * Math.min(15, worst.terms)),
      message: sentence(
        worst.kind === 'code'
          ? others === 0
            ? 'codeNotDealtWith'
            : others === 1
              ? 'codeNotDealtWithOne'
              : 'codeNotDealtWithMany'
          : others === 0
            ? 'notDealtWith'
            : others === 1
              ? 'notDealtWithOne'
              : 'notDealtWithMany',
        text,
        others,
      ),
      quotes: missing.slice(0, 5).map(({ block }) => ({ in: 'answer' as const, start: block.start, end: block.end })),
    },
  ];
};

/** What a block has that the reasoning has not: how foreign it is counts for more than how long it is. */
const missed = ({ covered, terms }: Support): number => (1 - covered) ** 3 * Math.sqrt(terms);
