import type { Api } from '../core/trace.ts';
import { chat } from './chat.ts';
import type { Dialect } from './dialect.ts';

export const DIALECTS: Readonly<Record<Api, Dialect>> = { chat, responses: chat, anthropic: chat, gemini: chat, ollama: chat };
