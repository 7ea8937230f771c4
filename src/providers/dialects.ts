import type { Api } from '../core/trace.ts';
import { anthropic } from './anthropic.ts';
import { chat } from './chat.ts';
import type { Dialect } from './dialect.ts';
import { gemini } from './gemini.ts';
import { ollama } from './ollama.ts';
import { responses } from './responses.ts';

export const DIALECTS: Readonly<Record<Api, Dialect>> = { chat, responses, anthropic, gemini, ollama };
