import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from './paths.ts';
import { stockTests, systemOfCommit, testedSystems } from './stock-tests.ts';

const SYSTEMS = ['bank', 'rides', 'saga'];
const commit = (end: string): string => end.padStart(40, '0');

describe('the system whose tests run in stock', () => {
  it('is the same for one commit, and each has its turn', () => {
    const turns = ['0', '1', '2', '3', 'a'].map((end) => systemOfCommit(commit(end), SYSTEMS));
    expect(turns).toEqual(['bank', 'rides', 'saga', 'bank', 'rides']);
    expect(systemOfCommit('f'.repeat(40), SYSTEMS)).toBe('bank');
  });

  it.each(['', 'HEAD', 'abc123'])('is none for "%s", which is no whole hash', (text) => {
    expect(() => systemOfCommit(text, SYSTEMS)).toThrow(/No system can be chosen/);
  });

  it('is tried with the gate, or all are', () => {
    expect(stockTests(['saga'], SYSTEMS).vitest).toEqual([
      ...['--project', 'e2e*'],
      ...['localstack/e2e/gate.e2e', 'localstack/e2e/saga/'],
    ]);
    expect(stockTests(['--of-commit', commit('1')], SYSTEMS).systems).toEqual(['rides']);
    expect(stockTests([], SYSTEMS)).toEqual({ systems: [], vitest: ['--project', 'e2e*'] });
  });

  it('has to be one that has tests', () => {
    expect(() => stockTests(['metro'], SYSTEMS)).toThrow(/No end-to-end tests of metro/);
  });
});

it('every system has end-to-end tests, in a folder of its name', () => {
  const systems = globSync('functions/*/contract.ts', { cwd: ROOT }).map((file) => file.split('/').at(-2));
  expect(systems.length).toBeGreaterThan(3);
  expect(testedSystems()).toEqual(systems.toSorted());
});
