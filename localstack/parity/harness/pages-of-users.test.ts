import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { USERS_PAGES, withNumbers } from './pages-of-users.ts';
import type { Results } from './results.ts';

const RESULTS = JSON.parse(readFileSync(join(import.meta.dirname, '../results.json'), 'utf8')) as Results;
const pages = USERS_PAGES.map(({ file, numbers }) => ({ file, numbers, text: readFileSync(file, 'utf8') }));

/** Commands without what is said of them, and where links lead. */
const commandsIn = (text: string): string[] =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split(/\s*#.*\n|\n/));
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^README(\.hi)?\.md$/.test(to));

describe('the page of users', () => {
  it.each(pages)('$file shows the numbers of the table; npm run parity writes them', ({ text, numbers }) => {
    expect(withNumbers(text, numbers, RESULTS)).toBe(text);
    expect(text).toContain(`| ${RESULTS.filter(({ outcomes }) => outcomes.local?.passes).length} |`);
  });

  it('is written anew when something else was seen', () => {
    for (const { text, numbers } of pages)
      expect(withNumbers(text, numbers, RESULTS.slice(1))).not.toBe(text);
  });

  it('keeps a place for them', () => {
    const [page] = pages;
    expect(() => withNumbers('# A page', page?.numbers ?? String, RESULTS)).toThrow(/no place/);
  });

  it('names the same commands and leads to the same places in both languages', () => {
    const [english, hindi] = pages.map(({ text }) => text);
    expect(commandsIn(hindi ?? '')).toEqual(commandsIn(english ?? ''));
    expect(linksIn(hindi ?? '')).toEqual(linksIn(english ?? ''));
    expect(english).toContain('](README.hi.md)');
    expect(hindi).toContain('](README.md)');
  });
});
