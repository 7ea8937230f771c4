/** What a model shows of its reasoning: its own words, a summary written for it, or nothing. */
export type Shows = 'raw' | 'summary' | 'nothing';

/**
 * Models that do not show their own words, by name without the maker's prefix. All others are taken to show what they
 * think. Sources: platform.claude.com/docs/en/build-with-claude/extended-thinking (summaries since Claude 4),
 * ai.google.dev/gemini-api/docs/thinking (thought summaries), platform.openai.com/docs/guides/reasoning (summaries, in
 * Responses only), docs.x.ai/docs/guides/reasoning (grok-4 shows none by chat).
 */
const SHOWN: readonly { readonly model: RegExp; readonly shows: Shows }[] = [
  { model: /^claude-3/, shows: 'raw' },
  { model: /^claude-/, shows: 'summary' },
  { model: /^gemini-/, shows: 'summary' },
  { model: /^gpt-oss/, shows: 'raw' },
  { model: /^(?:gpt-5|o[134](?:-|$)|codex)/, shows: 'summary' },
  { model: /^grok-3-mini/, shows: 'raw' },
  { model: /^grok-/, shows: 'summary' },
];

/** `model` as the user or the server names it; a maker's prefix (`anthropic/…`) is put aside. */
export function showsOf(model: string): Shows {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return SHOWN.find((entry) => entry.model.test(name))?.shows ?? 'raw';
}
