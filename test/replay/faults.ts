/** What can go wrong at a real server, by the name of the model that makes it happen. */

export interface HttpFault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body: unknown;
}

const error = (message: string, type: string, code: string | null = null): unknown => ({ error: { message, type, param: null, code } });

/** Answers that are no stream at all. */
export const HTTP_FAULTS: Readonly<Record<string, HttpFault>> = {
  'model-400': {
    status: 400,
    body: error(
      "This model's maximum context length is 65536 tokens. However, you requested 70012 tokens.",
      'invalid_request_error',
      'context_length_exceeded',
    ),
  },
  'model-401': { status: 401, body: error('Authentication Fails, Your api key is invalid', 'authentication_error', 'invalid_api_key') },
  'model-402': { status: 402, body: error('Insufficient Balance', 'unknown_error', 'invalid_request_error') },
  'model-403': { status: 403, body: error('This model is not available in your region', 'permission_error') },
  'model-404': { status: 404, body: error('The model `model-404` does not exist', 'invalid_request_error', 'model_not_found') },
  'model-429': {
    status: 429,
    headers: { 'retry-after': '37' },
    body: error('Rate limit reached for requests', 'rate_limit_error', 'rate_limit_exceeded'),
  },
  'model-500': { status: 500, body: error('The server had an error while processing your request', 'server_error') },
  'model-503': { status: 503, body: 'upstream connect error or disconnect/reset before headers' },
  'model-html': {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>',
  },
};

/** Streams that do not come to a proper end, or to one that needs words. */
export const STREAM_FAULTS = [
  /** The answer never begins: no byte, not even headers. */
  'model-hang',
  /** Sends part of the reasoning, then waits until the test releases it. */
  'model-hold',
  /** Thinks the same over and over, until it is hung up on. */
  'model-loop',
  /** The connection breaks in the middle of the reasoning. */
  'model-cut',
  /** Ends properly in the middle of the reasoning, without a word why. */
  'model-no-finish',
  /** An error object inside the stream, after part of the reasoning. */
  'model-in-stream',
  /** Ends with `stop` and has said nothing. */
  'model-empty',
  /** The limit of tokens is reached while it still thinks: no answer. */
  'model-length',
  /** Reasoning of which only the provider can read a word. */
  'model-encrypted',
  /** Reasoning inside the content, between think tags. */
  'model-think-tags',
  /** No reasoning at all. */
  'model-plain',
] as const;

export type StreamFault = (typeof STREAM_FAULTS)[number];

export function isStreamFault(model: string): model is StreamFault {
  return (STREAM_FAULTS as readonly string[]).includes(model);
}
