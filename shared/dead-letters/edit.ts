/**
 * Editing a message by the places of values in its text. Whoever edits has seen a masked text, perhaps a part of it, so
 * no whole text is ever taken: what is not named stays as it was, byte for byte, and no number goes through a float.
 */
import { isJson } from '../json/index.ts';

/** Another value at a place. */
export interface Edit {
  /** RFC 6901: `/data/amount`, `/items/0/kind`; the value is there already. */
  readonly path: string;
  /** JSON, as text: `"receipt"`, `9007199254740993`. */
  readonly json: string;
}

/**
 * The text with other values at the places that are named.
 * @returns undefined where the text is no JSON, or nothing is at one of the places
 */
export const edited = (text: string, edits: readonly Edit[]): string | undefined => {
  let body: string | undefined = text;
  for (const { path, json } of edits) {
    const span: Span | undefined = body === undefined ? undefined : spanAt(body, path);
    body = body && span ? `${body.slice(0, span.from)}${json.trim()}${body.slice(span.to)}` : undefined;
  }
  return body;
};

/**
 * What edits a letter by its trail, for a redrive; without edits it stays as it is.
 * @returns what answers undefined where the edits do not fit
 */
export const editing =
  (edits: { readonly [trail: string]: readonly Edit[] | undefined }) =>
  <L extends { readonly trail: string; readonly body: string }>(letter: L): L | undefined => {
    const own = Object.hasOwn(edits, letter.trail) ? edits[letter.trail] : undefined;
    if (own === undefined) return letter;
    const body = edited(letter.body, own);
    return body === undefined ? undefined : { ...letter, body };
  };

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the value at a place stands in a text. The last of two members of one name counts, as for JSON.parse. */
const spanAt = (text: string, path: string): Span | undefined => {
  if (!isJson(text)) return undefined;
  const [root, ...steps] = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (root !== '') return undefined;
  let span: Span | undefined = valueFrom(text, 0);
  for (const step of steps) {
    const members: Members | undefined = span && membersIn(text, span.from);
    span = members?.get(step);
  }
  return span;
};

type Members = ReadonlyMap<string, Span>;

/** What the text is known to be, since it has been parsed: these find the ends of its pieces. */
const BLANK = /[ \t\r\n]*/y;
const SCALAR = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;

const skip = (text: string, at: number): number => {
  BLANK.lastIndex = at;
  return at + (BLANK.exec(text)?.[0].length ?? 0);
};

/** The value that begins at a place, or after blanks. */
const valueFrom = (text: string, at: number): Span => {
  const from = skip(text, at);
  if (text[from] !== '{' && text[from] !== '[') {
    SCALAR.lastIndex = from;
    return { from, to: from + (SCALAR.exec(text)?.[0].length ?? 0) };
  }
  let depth = 0;
  for (let place = from; ; ) {
    const letter = text[place];
    if (letter === '{' || letter === '[') depth += 1;
    if (letter === '}' || letter === ']') depth -= 1;
    place = letter === '"' ? valueFrom(text, place).to : place + 1;
    if (depth === 0) return { from, to: place };
  }
};

/** The members of an object by name, or of a list by number; undefined where it is neither. */
const membersIn = (text: string, from: number): Members | undefined => {
  const isObject = text[from] === '{';
  if (!isObject && text[from] !== '[') return undefined;
  const members = new Map<string, Span>();
  let at = skip(text, from + 1);
  while (text[at] !== '}' && text[at] !== ']') {
    let name = String(members.size);
    if (isObject) {
      const key = valueFrom(text, at);
      name = JSON.parse(text.slice(key.from, key.to)) as string;
      at = skip(text, key.to) + 1; // the colon
    }
    const value = valueFrom(text, at);
    members.set(name, value);
    at = skip(text, value.to);
    if (text[at] === ',') at = skip(text, at + 1);
  }
  return members;
};
