import { createParser } from 'eventsource-parser';
import { arrayOf } from './narrow.ts';

/** What the bytes of a response turned out to be. */
export type BodyForm = 'nothing' | 'events' | 'json' | 'html' | 'text';

export interface FrameSink {
  /** One JSON value, with the name of its event where there is one. */
  frame(json: unknown, event?: string): void;
  /** The text of a chunk that is not JSON. */
  malformed(text: string): void;
  /** `[DONE]`: the server says that nothing more will come. */
  done(): void;
}

/** Reads the body of a response as it arrives, cut anywhere. */
export interface Decoder {
  push(bytes: Uint8Array): void;
  /** The body is at its end; `broken` when it ended amid something. Hands on what is still held. */
  end(): { readonly form: BodyForm; readonly broken: boolean; /** The first few hundred characters. */ readonly head: string };
}

/**
 * Servers answer a streaming request with an event stream, with one JSON value, with lines of JSON, with a JSON array, or with
 * a web page, and their content types do not always say which: the first character decides.
 */
export function createDecoder(sink: FrameSink): Decoder {
  const utf8 = new TextDecoder();
  let form: BodyForm = 'nothing';
  let head = '';
  let undecided = '';
  let broken = false;
  let heard = false;
  // fragments of a line that has not ended; joined once, so that a line of any length costs its length
  let open: string[] = [];
  // lines of a JSON value that goes over several of them
  const lines: string[] = [];

  const parse = (text: string, event?: string): boolean => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return false;
    }
    heard = true;
    if (Array.isArray(json)) for (const item of arrayOf(json)) sink.frame(item, event);
    else sink.frame(json, event);
    return true;
  };
  // a chunk that cannot be read is only worth a word when it is not the cut end of the stream
  let suspect: string | null = null;
  const parser = createParser({
    onEvent({ data, event }) {
      if (suspect !== null) sink.malformed(suspect);
      suspect = null;
      const text = data.trim();
      if (text === '[DONE]') sink.done();
      else if (text !== '' && !parse(text, event)) suspect = text;
    },
    onError({ field, value }) {
      // some llama.cpp builds send `error: {…}` where the format wants `data:`
      if (field === 'error' && value !== undefined) parse(value, 'error');
    },
  });
  const line = (text: string) => {
    if (form === 'events') parser.feed(text);
    else if (form === 'json') {
      // a first line that is no value by itself is the beginning of one that is laid out over many
      const trimmed = text.trim();
      if (trimmed === '') return;
      if (lines.length > 0 || !parse(trimmed)) lines.push(text);
    }
  };
  const text = (more: string) => {
    if (more === '') return;
    if (head.length < HEAD) head += more.slice(0, HEAD - head.length);
    if (form === 'nothing') {
      undecided = (undecided + more).trimStart();
      form = formOf(undecided);
      if (form === 'nothing') return;
      more = undecided;
      undecided = '';
    }
    if (form !== 'events' && form !== 'json') return;
    const at = more.lastIndexOf('\n');
    if (at < 0) open.push(more);
    else {
      const ended = open.join('') + more.slice(0, at + 1);
      open = at + 1 < more.length ? [more.slice(at + 1)] : [];
      if (form === 'events') line(ended);
      else for (const one of ended.split('\n')) line(one);
    }
  };
  return {
    push(bytes) {
      text(utf8.decode(bytes, { stream: true }));
    },
    end() {
      text(utf8.decode());
      const rest = open.join('');
      open = [];
      if (form === 'events') {
        parser.feed(`${rest}\n\n`);
        broken = suspect !== null;
      } else if (form === 'json') {
        line(rest);
        if (lines.length > 0) broken = !parse(lines.join('\n'));
      }
      if ((form === 'events' && !heard && !broken) || (form === 'nothing' && undecided !== '')) form = 'text';
      return { form, broken, head };
    },
  };
}

/** Characters of a body that are kept to tell what it was. */
const HEAD = 400;

/** `head` is what has arrived, without leading white space; `nothing` while it could still be anything. */
function formOf(head: string): BodyForm {
  const first = head.charAt(0);
  if (first === '{' || first === '[') return 'json';
  if (first === '<') return 'html';
  if (first === ':' || /^(?:data|event|id|retry|error):/.test(head)) return 'events';
  return head.length < 6 ? 'nothing' : 'text';
}
