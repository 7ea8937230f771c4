/** Looks into JSON from the wire, whose shape nobody vouches for. Nothing here throws. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object, or an empty one, so that chains of look-ups need no checks. */
export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : EMPTY;
}
const EMPTY: JsonObject = {};

export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text, or '' for everything that is not text (`null` and `""` alternate on the wire). */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The object without the fields that are undefined, as `exactOptionalPropertyTypes` wants them. */
export function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
