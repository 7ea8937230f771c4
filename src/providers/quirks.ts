/** What some servers do with the reasoning field that must be known to read it rightly. */
export interface FieldQuirks {
  /** The field is a transcript in which the tags tell turns apart, so they stay. */
  readonly keepTags: boolean;
  /** Texts that are sent in place of reasoning, to keep the connection alive. */
  readonly placeholders: readonly string[];
}

const NONE: FieldQuirks = { keepTags: false, placeholders: [] };

/** By the model's name. An entry is added here when a recording shows that one is needed. */
const FIELD_QUIRKS: readonly { readonly model: RegExp; readonly quirks: Partial<FieldQuirks> }[] = [
  // Groq's compound systems put a whole exchange into it: `<think>…</think>`, `<tool>…</tool>`, and what follows them
  { model: /^groq\/compound|^compound-/, quirks: { keepTags: true } },
];

/** xAI's chat endpoint sends this while grok-4 thinks in secret; whoever sends exactly this has no more to say. */
const PLACEHOLDERS = ['Thinking... '] as const;

export function fieldQuirksOf(model: string): FieldQuirks {
  const found = FIELD_QUIRKS.find((entry) => entry.model.test(model));
  return { ...NONE, placeholders: PLACEHOLDERS, ...found?.quirks };
}
