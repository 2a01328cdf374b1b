import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
const [en, hi] = [read('README.md'), read('README.hi.md')];
const DEVANAGARI = /[ऀ-ॿ]/;

/** The cells of every line of a table. */
const rowsOf = (page: string) =>
  page
    .split('\n')
    .filter((line) => /^\|(?!-)/.test(line))
    .map((line) => line.split('|').slice(1, -1));
const codesOf = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const testsIn = (page: string) =>
  [...page.matchAll(/`([\w./-]+\.test\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));
const sourceOf = (file: string) => {
  const place = [join(import.meta.dirname, file), join(ROOT, file)].find((one) => existsSync(one));
  return place === undefined ? '' : readFileSync(place, 'utf8');
};

describe('the page of tracking', () => {
  it('names tests that there are', () => {
    const named = testsIn(en);
    expect(named.length).toBeGreaterThan(40);
    const isThere = ({ file, title }: { file: string; title: string }) =>
      [`'${title}'`, `"${title}"`].some((text) => sourceOf(file).replaceAll("\\'", "'").includes(text));
    expect(named.filter((one) => !isThere(one))).toEqual([]);
  });

  it('answers every weak spot and every failure with a test', () => {
    const tables = en.split('## What can go wrong')[1] ?? '';
    const [, ...rows] = rowsOf(tables).filter(([first]) => first?.trim() !== 'The original');
    expect(rows.length).toBe(32);
    expect(rows.filter((cells) => testsIn(cells.at(-1) ?? '').length === 0)).toEqual([]);
  });

  it('says the same in Hindi: the same tables, names and tests, and every line in Hindi', () => {
    const shape = (page: string) =>
      rowsOf(page).map((cells) => cells.flatMap((cell) => codesOf(cell).toSorted()));
    expect(shape(hi)).toEqual(shape(en));
    expect(testsIn(hi)).toEqual(testsIn(en));
    // A line of names alone is the same in every language.
    const words = rowsOf(hi).filter((cells) =>
      cells
        .join('')
        .replaceAll(/`[^`]+`/g, '')
        .match(/\p{L}/u),
    );
    expect(words.filter((cells) => !DEVANAGARI.test(cells.join('')))).toEqual([]);
    expect([en.includes('](README.hi.md)'), hi.includes('](README.md)')]).toEqual([true, true]);
  });

  it.each([en, hi])('draws every function that there is, and no other', (page) => {
    const drawing = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const drawn = new Set(
      [...drawing.matchAll(/(?:--> |^ {2})([a-z]+(?:-[a-z]+)*)/gm)].map(([, name]) => name),
    );
    const others = ['client', 'operator', 'ordering', 'log', 'connections', 'flowchart'];
    const files = ['doors', 'consumers'].flatMap((folder) => readdirSync(join(import.meta.dirname, folder)));
    const functions = files.flatMap((file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? []);
    expect([...drawn].filter((name) => !others.includes(name ?? '')).toSorted()).toEqual(
      functions.filter((name) => name !== 'openapi').toSorted(),
    );
  });
});
