/** What differs between two payloads, without a number being read as one. */
import { isJson } from './json.ts';

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

/**
 * JSON set out in lines, each of its tokens as it stood: no digit, no escape and no name that comes twice is lost. What is
 * no JSON comes back as it is.
 */
export const setOut = (text: string): string => {
  if (!isJson(text)) return text;
  const tokens = text.match(TOKEN) ?? [];
  let [lines, depth] = ['', 0];
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [at, token] of tokens.entries()) {
    if (token === '{' || token === '[') {
      depth += 1;
      lines += /^[\]}]$/.test(tokens[at + 1] ?? '') ? token : token + line();
    } else if (token === '}' || token === ']') {
      depth -= 1;
      lines += /^[[{]$/.test(tokens[at - 1] ?? '') ? token : line() + token;
    } else if (token === ',') lines += token + line();
    else lines += token === ':' ? ': ' : token;
  }
  return lines;
};

/** A string, a mark, or a number or word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
