/** A number with what it counts: `15 seconds`, `Python 3.8`, `O(n log n)`. UTF-16 offsets into the text that it was found in. */
export interface Quantity {
  /** What two quantities have in common that speak of the same thing: their unit, or the name before the number. */
  readonly of: string;
  /** The number, or what stands in `O(…)`, without spaces and thousands separators. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ms: 'ms milliseconds millisecond',
    s: 's sec secs second seconds',
    min: 'min mins minute minutes',
    h: 'h hour hours',
    day: 'day days',
    week: 'week weeks',
    month: 'month months',
    year: 'year years',
    '%': '% percent',
    bit: 'bit bits',
    byte: 'byte bytes',
    kb: 'kb',
    mb: 'mb',
    gb: 'gb',
    kib: 'kib',
    mib: 'mib mi',
    gib: 'gib gi',
    px: 'px pixels',
    retry: 'retry retries',
    attempt: 'attempt attempts',
    connection: 'connection connections',
    worker: 'worker workers',
    thread: 'thread threads',
    replica: 'replica replicas',
    token: 'token tokens',
    character: 'character characters chars',
    mile: 'mile miles',
    km: 'km kilometers kilometres',
    m: 'm meters metres',
    kg: 'kg kilograms',
    euro: 'euro euros eur',
    dollar: 'dollar dollars usd',
    cent: 'cent cents',
  }).flatMap(([unit, words]) => words.split(' ').map((word): [string, string] => [word, unit])),
);
const COUNTED = /(?<![\w.,$#-])(\d+(?:[.,]\d+)*)[ -]?(%|[A-Za-z]{1,14})(?![\w(])/g;
const NAMED =
  /\b(Python|Node(?:\.js)?|Java|PHP|Ruby|Go|TypeScript|React|Django|Laravel|Postgres(?:QL)?|MySQL|Rust|Vue|Angular|Rails|Spring)\s(\d+(?:\.\d+)*)\b/g;
const ORDER = /\bO\(([^()\n]{1,20}(?:\([^()\n]{0,10}\)[^()\n]{0,10})?)\)/g;

const KNOWN: ReadonlySet<string> = new Set(UNITS.values());

/** Whether a word, perhaps without its ending, is one of the units. */
export const isUnitWord = (word: string): boolean => UNITS.has(word) || UNITS.has(`${word}s`) || UNITS.has(`${word}es`);

/** Whether quantities of this are counted, rather than named. */
export const isUnit = (of: string): boolean => KNOWN.has(of);

/** A number without what does not change it: `1,500` is 1500, `2,5` and `2.50` are 2.5. */
export function plainNumber(number: string): string {
  const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(number) ? number.replaceAll(',', '') : number.replace(',', '.');
  return /^\d+\.\d+$/.test(plain) ? plain.replace(/\.?0+$/, '') : plain;
}

const plainOrder = (order: string): string =>
  order
    .toLowerCase()
    .replace(/[\s*·]/g, '')
    .replaceAll('²', '^2')
    .replaceAll('³', '^3')
    .replace(/log\((\w+)\)/g, 'log$1');

/** Whether two quantities of the same thing are the same: of a version one may be given more exactly. */
export function sameQuantity(a: Quantity, b: Quantity): boolean {
  return a.value === b.value || (!isUnit(a.of) && a.of !== 'O' && (a.value.startsWith(`${b.value}.`) || b.value.startsWith(`${a.value}.`)));
}

/** The quantities of a text, those of one form after those of another. */
export function quantitiesIn(text: string): readonly Quantity[] {
  const found: Quantity[] = [];
  for (const { index, 0: all, 1: number = '', 2: word = '' } of text.matchAll(COUNTED)) {
    const of = UNITS.get(word.toLowerCase());
    if (of !== undefined) found.push({ of, value: plainNumber(number), start: index, end: index + all.length });
  }
  for (const { index, 0: all, 1: name = '', 2: value = '' } of text.matchAll(NAMED))
    found.push({ of: name.toLowerCase(), value, start: index, end: index + all.length });
  for (const { index, 0: all, 1: order = '' } of text.matchAll(ORDER))
    found.push({ of: 'O', value: plainOrder(order), start: index, end: index + all.length });
  return found;
}
