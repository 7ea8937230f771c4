import { parseArgs } from 'node:util';
import type { Api, Effort } from '../core/trace.ts';
import { APIS, EFFORTS } from '../core/trace.ts';
import { isLoopback, originOf } from '../providers/address.ts';
import { PRESETS } from '../providers/presets.ts';
import type { Endpoint } from '../providers/provider.ts';

export interface AskOptions {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly effort: Effort;
  readonly keyEnv: string | null;
  /** Whether the API was named, so that a recording need not tell it. */
  readonly apiGiven: boolean;
  readonly json: boolean;
  /** A recording to be read instead of asking. */
  readonly from: string | null;
  /** Where the response's bytes and times are to be kept. */
  readonly record: string | null;
  readonly allowPlainHttp: boolean;
  /** `-` for standard input. */
  readonly prompt: string | null;
}

export const ASK_USAGE = `usage: reasoning-inspector ask [OPTION …] --model MODEL [PROMPT|-]

  --model MODEL      as the server names it, or ENDPOINT/MODEL with the name of a built-in endpoint (${PRESETS.slice(0, 3)
    .map((preset) => preset.name)
    .join(', ')} …)
  --base-url URL     the server, as https://api.deepseek.com/v1; default: the built-in endpoint
  --api API          ${APIS.join(', ')}; default: chat, or the built-in endpoint's
  --effort EFFORT    ${EFFORTS.join(', ')}
  --key-env NAME     the environment variable that holds the key
  --json             print the trace document when done
  --from FILE        read a recorded response instead of asking
  --record FILE      keep the response's bytes and times
  --insecure-http    allow plain http to another machine
`;

/** The options, or a sentence that says what is wrong with them. */
export function askOptions(argv: readonly string[]): AskOptions | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        model: { type: 'string', short: 'm' },
        'base-url': { type: 'string' },
        api: { type: 'string' },
        effort: { type: 'string' },
        'key-env': { type: 'string' },
        json: { type: 'boolean' },
        from: { type: 'string' },
        record: { type: 'string' },
        'insecure-http': { type: 'boolean' },
      },
    });
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) return `one prompt at a time: put it in quotes`;
  const { api, effort = 'default', from = null } = values;
  if (api !== undefined && !isOneOf(APIS, api)) return `there is no API '${api}': ${APIS.join(', ')}`;
  if (!isOneOf(EFFORTS, effort)) return `there is no effort '${effort}': ${EFFORTS.join(', ')}`;
  const asked = values.model ?? (from === null ? undefined : 'recorded');
  if (asked === undefined) return `--model is missing`;
  const target = targetOf(asked, values['base-url'], api, from !== null);
  if (typeof target === 'string') return target;
  return {
    ...target,
    effort,
    keyEnv: values['key-env'] ?? null,
    apiGiven: api !== undefined,
    json: values.json ?? false,
    from,
    record: values.record ?? null,
    allowPlainHttp: values['insecure-http'] ?? false,
    prompt: positionals[0] ?? null,
  };
}

/** Where the question goes: to the address given, or to the built-in endpoint that the model's name begins with. */
function targetOf(
  asked: string,
  baseUrl: string | undefined,
  api: Api | undefined,
  recorded: boolean,
): { endpoint: Endpoint; model: string } | string {
  if (baseUrl !== undefined) {
    const origin = originOf(baseUrl);
    if (origin === null) return `'${baseUrl}' is no address`;
    const name = new URL(baseUrl).host;
    return { endpoint: { name, baseUrl, api: api ?? 'chat', needsKey: false }, model: asked };
  }
  const preset = PRESETS.find(({ name }) => asked.toLowerCase().startsWith(`${name.toLowerCase()}/`));
  if (preset !== undefined) {
    const endpoint = api === undefined ? preset : { ...preset, api };
    return { endpoint: { ...endpoint, needsKey: !isLoopback(preset.baseUrl) }, model: asked.slice(preset.name.length + 1) };
  }
  // a recording needs no address
  if (recorded) return { endpoint: { name: 'recording', baseUrl: 'http://127.0.0.1/v1', api: api ?? 'chat' }, model: asked };
  return `no server: give --base-url, or a model as ENDPOINT/MODEL (${PRESETS.map(({ name }) => name).join(', ')})`;
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return (list as readonly string[]).includes(value);
}
