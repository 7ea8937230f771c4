import type { PartWriter, Target } from './parts.ts';
import { partialMark } from './tags.ts';

/** Reads gpt-oss messages that a server passed on unparsed (github.com/openai/harmony, docs/format.md). */
export interface HarmonyReader {
  push(text: string): void;
  /** Nothing more will come: what was held back as the beginning of a token is text. */
  flush(): void;
}

const TOKENS = ['<|start|>', '<|channel|>', '<|message|>', '<|constrain|>', '<|end|>', '<|return|>', '<|call|>'] as const;

export function createHarmonyReader(parts: PartWriter): HarmonyReader {
  let held = '';
  let header: string | null = '';
  let calls = 0;
  let target: Target = ANSWER;

  const text = (piece: string) => {
    if (header !== null) header += piece;
    else parts.write(target, piece);
  };
  const token = (name: string) => {
    switch (name) {
      case '<|message|>':
        target = targetOf(header ?? '', () => `harmony-${calls++}`);
        if (target.kind === 'tool-call') parts.open(target);
        header = null;
        break;
      case '<|start|>':
      case '<|end|>':
      case '<|return|>':
      case '<|call|>':
        header = '';
        break;
      default:
        // a channel's name or a constraint goes on the header, set apart by a space
        if (header !== null) header += ' ';
    }
  };
  return {
    push(more) {
      let rest = held + more;
      held = '';
      while (rest !== '') {
        const at = rest.indexOf('<|');
        if (at < 0) {
          const keep = rest.endsWith('<') ? 1 : 0;
          text(rest.slice(0, rest.length - keep));
          held = rest.slice(rest.length - keep);
          return;
        }
        text(rest.slice(0, at));
        rest = rest.slice(at);
        const found = TOKENS.find((name) => rest.startsWith(name));
        if (found !== undefined) {
          token(found);
          rest = rest.slice(found.length);
        } else if (partialMark(rest, TOKENS) === rest.length) {
          held = rest;
          return;
        } else {
          text('<|');
          rest = rest.slice(2);
        }
      }
    },
    flush() {
      if (held !== '') text(held);
      held = '';
    },
  };
}

const ANSWER: Target = { kind: 'answer', visibility: 'raw' };

/** What a message's header says about the text that follows it. */
function targetOf(header: string, nextKey: () => string): Target {
  const recipient = /\bto=(?:functions\.)?([\w.-]+)/.exec(header)?.[1];
  if (recipient !== undefined) return { kind: 'tool-call', visibility: 'raw', key: nextKey(), name: recipient };
  return /\banalysis\b/.test(header) ? { kind: 'reasoning', visibility: 'raw' } : ANSWER;
}
