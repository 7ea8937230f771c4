/** A pair of marks that some server or model puts around reasoning inside the answer's text. */
export interface TagFamily {
  readonly open: string;
  readonly close: string;
}

/**
 * Marks of reasoning that servers without a reasoning parser let through, by the chat templates of the models and the
 * parsers of vLLM and SGLang: `<think>` (DeepSeek, Qwen, GLM, MiniMax, Nemotron …), `<thought>` (Gemini's compatible
 * endpoint, EXAONE), `<seed:think>` (Seed-OSS), `◁think▷` (Kimi-VL, K1.5), `[THINK]` (Magistral), `<|START_THINKING|>` (Command A).
 */
export const TAG_FAMILIES: readonly TagFamily[] = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '<thought>', close: '</thought>' },
  { open: '<reasoning>', close: '</reasoning>' },
  { open: '<seed:think>', close: '</seed:think>' },
  { open: '◁think▷', close: '◁/think▷' },
  { open: '[THINK]', close: '[/THINK]' },
  { open: '<|START_THINKING|>', close: '<|END_THINKING|>' },
  { open: '<|begin_of_thought|>', close: '<|end_of_thought|>' },
];

/** Text without any of these holds no mark and no beginning of one. */
export const TAG_START = /[<[◁]/;

/** Marks that begin a raw gpt-oss message (github.com/openai/harmony, docs/format.md). */
export const HARMONY_STARTS = ['<|channel|>', '<|start|>'] as const;

/** Length of the longest end of `text` that begins one of the `marks` without being whole. */
export function partialMark(text: string, marks: readonly string[]): number {
  const longest = marks.reduce((max, mark) => Math.max(max, mark.length), 0) - 1;
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const end = text.slice(text.length - length);
    if (marks.some((mark) => mark.length > length && mark.startsWith(end))) return length;
  }
  return 0;
}
