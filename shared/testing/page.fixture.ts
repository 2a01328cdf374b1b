/** Test help: what the pages of a system say in tables, and whether the tests that they name exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** What makes tests of a system beside its test files. */
export interface Titles {
  /** By which a `%s` may be filled. @default the texts of the same file alone */
  readonly fillings?: readonly string[];
  /** Cases that are data and make a test each: the end of their file's path, and their titles. @default none */
  readonly cases?: { readonly file: string; readonly titles: readonly string[] };
}

/** The pages of a folder. */
export const pagesIn = (folder: string, { fillings = [], cases }: Titles = {}) => {
  /** Where a file that a page names is: beside the page, or from the project's root. */
  const placeOf = (file: string): string | undefined =>
    [join(folder, file), join(ROOT, file)].find((one) => existsSync(one));
  return {
    read: (file: string): string => readFileSync(join(folder, file), 'utf8'),
    exists: (file: string): boolean => placeOf(file) !== undefined,
    /** What is wrong with a test that is named; nothing, where there is one of that title. */
    missing({ file, title }: NamedTest): string | undefined {
      if (cases && file.endsWith(cases.file))
        return cases.titles.includes(title) ? undefined : `no case “${title}”`;
      const path = placeOf(file);
      if (path === undefined) return `no file ${file}`;
      return hasTest(readFileSync(path, 'utf8'), title, fillings)
        ? undefined
        : `no test “${title}” in ${file}`;
    },
  };
};

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of a page in Markdown, each under its first line. */
export const tablesIn = (page: string): readonly Table[] =>
  (page.match(/(?:^\|.*\n)+/gm) ?? []).map((block) => {
    const [head = [], , ...rows] = block.trim().split('\n').map(cellsOf);
    return { head, rows };
  });

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/** What stands in a cell as code. */
export const codeIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** A test that a page names: its file, from the page or from the project's root, and its title. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

export const testsNamedIn = (text: string): NamedTest[] =>
  [...text.matchAll(/`([\w./-]+\.(?:test|cases)\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));

const PLACEHOLDER = /(%[sdifjoO]|\$\{[^}]*\})/;
/** Nothing but placeholders: anything would fill it. */
const isBare = (text: string): boolean => !/\p{L}/u.test(text.replaceAll(new RegExp(PLACEHOLDER, 'g'), ''));

const TOKENS =
  /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
/** What follows the title of a test: how it is to be run, or what it does. */
const BODY = /^\s*,\s*(?:async\b|\(|_\b|\{|[\w.]+\s*[=(,)])/;

/**
 * Whether a test file has a test of this title. Titles of many rows are compared with their pattern: a `%s` has to be
 * filled by a text of the same file or one of `fillings`, other placeholders by anything.
 */
export const hasTest = (source: string, title: string, fillings: readonly string[] = []): boolean => {
  const texts = [...source.matchAll(TOKENS)].filter(([text]) => !text.startsWith('/'));
  const patterns = texts.map(([text]) => patternOf(text.slice(1, -1)));
  const isFilled = (filling: string): boolean =>
    fillings.includes(filling) ||
    patterns.some((pattern, n) => !isBare(texts[n]?.[0] ?? '') && pattern.test(filling));
  return texts.some(({ 0: text, index }, n) => {
    const isTitle =
      /[(]\s*$/.test(source.slice(0, index)) &&
      BODY.test(source.slice(index + text.length)) &&
      text.length > 2;
    const found = isTitle ? patterns[n]?.exec(title) : null;
    if (!found) return false;
    const { groups = {} } = found;
    return Object.values(groups).every((filling) => isFilled(filling ?? ''));
  });
};

/** `at %s, ${n} times` → a pattern; what fills a `%s` is a group of it. */
const patternOf = (text: string): RegExp => {
  let groups = 0;
  const parts = text
    .replaceAll(/\\(.)/g, '$1')
    .split(PLACEHOLDER)
    .map((part) => {
      if (part === '%s') return `(?<filling${groups++}>.+)`;
      if (/^(%[difjoO]|\$\{)/.test(part)) return '.+';
      return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    });
  return new RegExp(`^${parts.join('')}$`, 's');
};
