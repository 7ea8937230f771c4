import { fill, readerOf } from './sentences.ts';
import type { ReadSentence } from './sentences.ts';

/** Apart from the others, so that who says only this need not hold them all. */
export const UNEXPECTED = 'The request ended unexpectedly ({0}); ask again.';

/**
 * What is said when a request fails: what happened, and what to do. `{0}` is the name of the endpoint or its host; where a
 * sentence has a second form, that one has the server's own words in brackets, or what else is known.
 */
export const FAILURES = {
  inStream: 'The server broke off with an error; what had arrived is kept, ask again.',
  inStreamWords: 'The server broke off with an error ({0}); what had arrived is kept, ask again.',
  contextLength: 'The prompt is longer than this model can read; shorten it, drop some context or choose a model with a larger context.',
  keyRefused: '{0} does not accept the API key; set another one.',
  keyRefusedUrl: '{0} does not accept the API key; set another one, to be had at {1}.',
  payment: 'The account at {0} has no credit left; add some there or choose another model.',
  forbidden: '{0} refuses this request; check what the key may do and where the service is offered.',
  forbiddenWords: '{0} refuses this request ({1}); check what the key may do and where the service is offered.',
  noModel: "{0} has no model '{1}' at this address; choose another model or check the address.",
  noModelWords: "{0} has no model '{1}' at this address ({2}); choose another model or check the address.",
  limit: '{0} limits how much may be asked; ask again a little later.',
  limitWords: '{0} limits how much may be asked ({1}); ask again a little later.',
  limitSeconds: '{0} limits how much may be asked; ask again in {1} seconds.',
  limitSecondsWords: '{0} limits how much may be asked ({2}); ask again in {1} seconds.',
  gaveUp: '{0} gave up waiting; ask again.',
  server: '{0} has a problem of its own (status {1}); ask again later.',
  serverWords: '{0} has a problem of its own (status {1}) ({2}); ask again later.',
  rejected: '{0} rejects the request (status {1}); check the model and its parameters.',
  rejectedWords: '{0} rejects the request (status {1}) ({2}); check the model and its parameters.',
  refused: 'Nothing answers at {0}; start the server or check the address of {1}.',
  noHost: 'There is no machine named {0}; check the address of {1} and your connection.',
  tls: "The encrypted connection to {0} can't be trusted or set up; check the address, the clock and your proxy's certificate.",
  network: "{0} can't be reached; check the address, your connection and your proxy.",
  brokeOff: 'The connection to {0} broke off; what had arrived is kept, ask again.',
  late: '{0} did not answer in time; what had arrived is kept, ask again or choose another model.',
  lateSeconds: '{0} did not answer for {1} seconds; what had arrived is kept, ask again or choose another model.',
  redirected: '{0} wants to send the request elsewhere, which is refused so that prompt and key stay there; set the final address.',
  plainHttp: '{0} is reached without encryption, so nothing was sent; use an https address or allow it for this server.',
  noKey: '{0} needs an API key and none is set; set one.',
  noKeyUrl: '{0} needs an API key and none is set; set one, to be had at {1}.',
  oddKey: 'The API key for {0} holds characters that no key has, so nothing was sent; set it again.',
  oddHeader: "A header for {0} holds characters that can't be sent; correct it in the settings.",
  page: '{0} sent a web page instead of an answer; check its address, which must end like …/v1.',
  pageTitle: "{0} sent a web page ('{1}') instead of an answer; check its address, which must end like …/v1.",
  somethingElse: '{0} sent something else instead of an answer; check its address, which must end like …/v1.',
  unreadable: 'One chunk of the answer could not be read, so words may be missing; what could be read is kept, ask again.',
  unreadableMany: '{0} chunks of the answer could not be read, so words may be missing; what could be read is kept, ask again.',
  onlyReasoning: 'The model stopped after its reasoning without an answer; ask again or allow it more tokens.',
  empty: "{0} sent an empty answer; ask again or choose another model than '{1}'.",
  unexpected: UNEXPECTED,
  unknown: 'The request failed.',
} as const;

export function failureSentence(of: keyof typeof FAILURES, ...args: readonly (string | number)[]): string {
  return fill(FAILURES[of], ...args);
}

/** The sentence that a failure's message is, with its arguments; null for others' words. */
export function readFailure(message: string): ReadSentence | null {
  reader ??= readerOf(Object.values(FAILURES));
  return reader(message);
}
let reader: ReturnType<typeof readerOf> | null = null;
