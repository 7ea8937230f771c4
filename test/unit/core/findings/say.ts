import { createAnalyser } from '../../../../src/core/analyser.ts';
import type { Analysis, Finding, FindingKind } from '../../../../src/core/analysis.ts';

export interface Said {
  readonly prompt?: string;
  readonly reasoning: string;
  readonly answer?: string;
  readonly cutOff?: boolean;
}

/** The analysis of a whole response. */
export function analysisOf({ prompt = '', reasoning, answer = '', cutOff = false }: Said): Analysis {
  const analyser = createAnalyser({ prompt });
  analyser.push(reasoning);
  analyser.pushAnswer(answer);
  analyser.end({ cutOff });
  return analyser.snapshot();
}

/** The findings of one kind, the most useful first. */
export function found(kind: FindingKind, said: Said): readonly Finding[] {
  return analysisOf(said).findings.filter((finding) => finding.kind === kind);
}

/** The words that a finding quotes. */
export function quotesOf(finding: Finding, { reasoning, answer = '' }: Said): string[] {
  return finding.quotes.map((quote) => (quote.in === 'reasoning' ? reasoning : answer).slice(quote.start, quote.end));
}
