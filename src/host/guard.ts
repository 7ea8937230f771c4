import * as v from 'valibot';
import { SEND_BACKS } from '../core/conversation.ts';
import { EFFORTS } from '../core/trace.ts';
import type { HostApi } from '../protocol/messages.ts';

/** A megabyte of prompt is more than any model takes; what is longer was not typed by a person. */
const text = v.pipe(v.string(), v.maxLength(4_000_000));
const nothing = v.unknown();

/** What each call from the view must carry. The view draws text from models and files, so nothing from it is taken on trust. */
const ARGUMENTS: { readonly [K in keyof HostApi]: v.GenericSchema } = {
  ready: v.strictObject({
    trace: v.nullable(v.pipe(v.string(), v.maxLength(200))),
    lastSeq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  ask: v.strictObject({ prompt: text }),
  stop: nothing,
  selectModel: nothing,
  setEffort: v.strictObject({ effort: v.picklist(EFFORTS) }),
  setApiKey: nothing,
  setFollowUp: v.strictObject({ on: v.boolean(), choice: v.picklist(SEND_BACKS) }),
  openTurn: v.strictObject({ trace: v.pipe(v.string(), v.maxLength(200)) }),
  removeContext: v.strictObject({ id: v.pipe(v.string(), v.maxLength(200)) }),
  addSelection: nothing,
  openSample: nothing,
  openTrace: nothing,
  save: nothing,
  openInEditor: nothing,
  openLink: v.strictObject({
    href: v.pipe(v.string(), v.maxLength(4000), v.check(isWebAddress, 'only http and https addresses are opened')),
  }),
  openPlace: v.strictObject({
    file: v.pipe(v.string(), v.maxLength(1000)),
    line: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  copy: v.strictObject({ text: v.string() }),
  insertCode: v.strictObject({ text }),
  applyCode: v.strictObject({
    text: v.pipe(v.string(), v.maxLength(1_000_000)),
    near: v.optional(v.pipe(v.string(), v.maxLength(20_000))),
  }),
  addNote: v.strictObject({
    step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000)),
    text: v.pipe(v.string(), v.maxLength(20_000)),
  }),
  removeNote: v.strictObject({ step: v.pipe(v.number(), v.integer(), v.minValue(0)), at: v.pipe(v.string(), v.maxLength(40)) }),
  savePicture: nothing,
  explain: nothing,
  showLog: nothing,
};

/** Whether an address may be opened from a text that we did not write. */
export function isWebAddress(href: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(href).protocol);
  } catch {
    return false;
  }
}

/** The same handlers, each reached only with an argument of its kind; anything else is refused with an error. */
export function guarded(handlers: HostApi): Record<string, (argument: unknown) => unknown> {
  return Object.fromEntries(
    Object.entries(ARGUMENTS).map(([name, schema]) => [
      name,
      (argument: unknown) => {
        const parsed = v.safeParse(schema, argument);
        if (!parsed.success) throw new Error(`refused: ${name} (${parsed.issues[0].message})`);
        return (handlers[name as keyof HostApi] as (argument: unknown) => unknown)(parsed.output);
      },
    ]),
  );
}
