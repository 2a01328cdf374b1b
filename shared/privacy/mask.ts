/** Nothing that tells who somebody is, or opens something, stands in a log or is shown to a looker. */

/** Words that make a field personal or secret: `phone`, `payerPhone`, `card_number`, `taskToken`. */
const HIDDEN_WORDS = new Set([
  'phone',
  'mobile',
  'vpa',
  'card',
  'address',
  'token',
  'secret',
  'password',
  'authorization',
]);
/** A `name` alone is a person's; `functionName` and `queueName` are not. */
const HIDDEN_FIELDS = new Set(['name', 'fullName', 'firstName', 'lastName']);

export const MASK = '***';

/**
 * Indian mobile numbers, what pays by UPI or gets mail, and tokens, wherever they stand in a text. Nothing is looked
 * for over any length from within a word: a caller's text of one long word would take seconds.
 */
const HIDDEN_TEXT =
  /\+91[- ]?\d{5}[- ]?\d{5}|(?:(?<![\w.+-])[\w.+-]{2,}|[\w.+-]{2,100})@[A-Za-z][\w.-]+|\beyJ[\w-]{8,500}\.[\w-]+\.[\w-]*|\bBearer\s+\S+/g;

/** Whether what a field of this name holds tells who somebody is, or opens something. */
export const isHidden = (field: string): boolean =>
  HIDDEN_FIELDS.has(field) ||
  field
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => HIDDEN_WORDS.has(word));

/** A text with what is personal in it masked. */
export const maskText = (text: string): string => text.replaceAll(HIDDEN_TEXT, MASK);

/** How deep a value is written; what lies deeper is `…`. It also ends circles. */
const DEEPEST = 6;

/** A copy of a value, as it may stand in the log. Errors become objects with their causes. */
export const masked = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  if (value instanceof Error) return ofError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((one) => masked(one, depth + 1));
  return maskedFields(value, depth);
};

/** The fields of a value, masked. */
export const maskedFields = (value: object, depth = 0): { [field: string]: unknown } =>
  Object.fromEntries(
    Object.entries(value).map(([field, one]) => [field, isHidden(field) ? MASK : masked(one, depth + 1)]),
  );

const ofError = (error: Error, depth: number) => {
  const { facts, code, cause } = error as { facts?: unknown; code?: unknown; cause?: unknown };
  return {
    name: error.name,
    message: maskText(error.message),
    ...(facts === undefined ? {} : { facts: masked(facts, depth + 1) }),
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: maskText(error.stack) }),
    ...(cause === undefined ? {} : { cause: masked(cause, depth + 1) }),
  };
};
