/** What differs between two payloads, without a number being read as one. */

/** One place that differs, as `$.payment.amount`; a side is absent where it has nothing there. */
export interface PayloadChange {
  readonly path: string;
  /** JSON, digit for digit as it stood. */
  readonly one?: string;
  readonly other?: string;
}

/** A number as it is written: an amount of 64 bits does not fit into a float. */
class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Json = null | boolean | string | Digits | readonly Json[] | { readonly [name: string]: Json };

/** The places that differ, in the order in which the first payload has them. What is no JSON differs as a whole. */
export const payloadChanges = (one: string, other: string): PayloadChange[] => {
  if (one === other) return [];
  try {
    return changes('$', read(one), read(other));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [{ path: '$', one, other }];
  }
};

const read = (text: string): Json =>
  JSON.parse(text, ((_name: string, value: unknown, { source }: { source?: string } = {}) =>
    typeof value === 'number' ? new Digits(source ?? String(value)) : value) as (
    name: string,
    value: unknown,
  ) => unknown) as Json;

const changes = (path: string, one: Json | undefined, other: Json | undefined): PayloadChange[] => {
  if (isTree(one) && isTree(other) && Array.isArray(one) === Array.isArray(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    const place = (name: string) => (Array.isArray(one) ? `[${name}]` : nameIn(name));
    return [...names].flatMap((name) =>
      changes(`${path}${place(name)}`, partOf(one, name), partOf(other, name)),
    );
  }
  const [left, right] = [written(one), written(other)];
  if (left === right) return [];
  return [
    {
      path,
      ...(left === undefined ? {} : { one: left }),
      ...(right === undefined ? {} : { other: right }),
    },
  ];
};

const isTree = (value: Json | undefined): value is readonly Json[] | { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !(value instanceof Digits);

const partOf = (tree: object, name: string): Json | undefined =>
  Object.hasOwn(tree, name) ? (tree as { readonly [name: string]: Json })[name] : undefined;

const nameIn = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

const written = (value: Json | undefined): string | undefined => {
  if (value === undefined) return undefined;
  if (value instanceof Digits) return value.text;
  if (!isTree(value)) return JSON.stringify(value);
  return Array.isArray(value)
    ? `[${value.map((part: Json) => written(part)).join(',')}]`
    : `{${Object.entries(value)
        .map(([name, part]) => `${JSON.stringify(name)}:${written(part)}`)
        .join(',')}}`;
};

/** JSON set out in lines, digit for digit as it stood; what is no JSON comes back as it is. */
export const setOut = (text: string): string => {
  try {
    return lines(read(text), '');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
};

const lines = (value: Json, indent: string): string => {
  if (!isTree(value)) return written(value) ?? '';
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts = Array.isArray(value)
    ? value.map((part: Json) => lines(part, deeper))
    : Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${lines(part, deeper)}`);
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${deeper}${parts.join(`,\n${deeper}`)}\n${indent}${close}`;
};
