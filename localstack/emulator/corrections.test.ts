import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Results } from '../parity/harness/results.ts';

const HERE = import.meta.dirname;
const MOST_LINES_OF_CODE = 1_500;
/** What the docstring of every correction says, in this order. */
const SAID = [
  /\nAWS: /,
  /https:\/\/docs\.aws\.amazon\.com\//,
  /\nMiniStack 1\.5\.33: /,
  /\nHere: /,
  /\nUpstream issue: "/,
  /\nParity:(?:\n- "| performance only, measured by bench\/emulator)/,
];

const read = (...path: string[]): string => readFileSync(join(HERE, ...path), 'utf8');

/** The files in corrections/; a name that begins with an underscore is a part of others. */
const sources = readdirSync(join(HERE, 'corrections'))
  .filter((file) => file.endsWith('.py'))
  .map((file) => ({ name: file.replace(/\.py$/, ''), text: read('corrections', file) }));
const corrections = sources
  .filter(({ name }) => /^[a-z]/.test(name))
  .map(({ name, text }) => {
    const says = /^"""([\s\S]*?)\n"""/.exec(text)?.[1] ?? '';
    return {
      name,
      says,
      behaviours: [...says.matchAll(/^- "(.+)"$/gm)].map(([, sentence = '']) => sentence),
      performanceOnly: says.includes('\nParity: performance only'),
    };
  });
const rows = JSON.parse(read('../parity/results.json')) as Results;

/** All but docstrings, comments, empty lines and imports of types. */
const linesOfCode = (text: string): number =>
  text
    .replaceAll(/"""[\s\S]*?"""/g, '')
    .split('\n')
    .filter((line) => !/^\s*(#|$)|^from (typing|types|collections\.abc) import /.test(line)).length;

describe('the corrections', () => {
  it('say what AWS does and where that stands, what is changed, what upstream could do, and how it is tested', () => {
    const silent = corrections.flatMap(({ name, says }) =>
      SAID.filter((part) => !part.test(says)).map((part) => `${name}: ${part.source}`),
    );
    expect(silent).toEqual([]);
    expect(corrections.length).toBeGreaterThan(10);
  });

  it('name behaviours of the parity suite that pass with them and differ in stock', () => {
    const idle = corrections.flatMap(({ name, behaviours }) =>
      behaviours.flatMap((sentence) => {
        const row = rows.find((one) => one.sentence === sentence);
        if (!row) return [`${name}: nobody tries "${sentence}"`];
        if (row.outcomes.local?.passes !== true) return [`${name}: does not pass with it: "${sentence}"`];
        if (row.outcomes.stock?.passes !== false) return [`${name}: does not differ in stock: "${sentence}"`];
        return [];
      }),
    );
    expect(idle).toEqual([]);
  });

  it('name at least one, or are there for performance only and said to be so in the README', () => {
    const declared = read('README.md')
      .split('\n')
      .filter((line) => /^\| `.*performance only/.test(line))
      .flatMap((line) => /^\| `(\w+)`/.exec(line)?.[1] ?? []);
    const withoutBehaviour = corrections.filter(({ behaviours }) => behaviours.length === 0);
    expect(withoutBehaviour.map(({ name }) => name)).toEqual(declared.toSorted());
    expect(corrections.filter((one) => one.performanceOnly)).toEqual(withoutBehaviour);
  });

  it('make no behaviour differ that passes in stock, but for those that they say they cost', () => {
    const lost = rows.filter(({ outcomes: { local, stock } }) => local?.passes === false && stock?.passes);
    const costs = corrections.flatMap(({ says }) =>
      [...says.matchAll(/It costs\s+"([^"]+)"/g)].map(([, sentence = '']) => sentence),
    );
    expect(lost.map(({ sentence }) => sentence)).toEqual(costs);
  });

  it('are all in the table of the README', () => {
    const told = read('README.md')
      .split('## Corrections')[1]
      ?.split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect(told?.toSorted()).toEqual(corrections.map(({ name }) => name));
  });

  it(`are at most ${MOST_LINES_OF_CODE} lines of code with what they share`, () => {
    const shared = ['common.py', 'seam.py'].map((file) => read(file));
    const total = [...sources.map(({ text }) => text), ...shared].reduce(
      (sum, text) => sum + linesOfCode(text),
      0,
    );
    expect(total).toBeLessThanOrEqual(MOST_LINES_OF_CODE);
  });
});
