import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from './paths.ts';
import { stockTests, testedSystems, testsOfCommit } from './stock-tests.ts';

const files = (system: string, count: number) =>
  Array.from({ length: count }, (_, index) => `localstack/e2e/${system}/${index}.e2e.test.ts`);
const TESTED = { bank: files('bank', 2), rides: files('rides', 1), saga: files('saga', 12) };
const commit = (number: number): string => number.toString(16).padStart(40, '0');

describe('what runs in stock', () => {
  it('is of one system, the same for one commit, and each has its turn', () => {
    const turns = [0, 1, 2, 3, 10].map((number) => testsOfCommit(commit(number), TESTED).system);
    expect(turns).toEqual(['bank', 'rides', 'saga', 'bank', 'rides']);
    expect(testsOfCommit('f'.repeat(40), TESTED)).toEqual({ system: 'bank', files: TESTED.bank });
  });

  it('is a part of many tests, and over some commits all of them', () => {
    const parts = [2, 5, 8].map((number) => testsOfCommit(commit(number), TESTED).files);
    expect(parts.map(({ length }) => length)).toEqual([4, 4, 4]);
    expect(parts.flat().toSorted()).toEqual(TESTED.saga.toSorted());
  });

  it.each(['', 'HEAD', 'abc123'])('is none for "%s", which is no whole hash', (text) => {
    expect(() => testsOfCommit(text, TESTED)).toThrow(/No system can be chosen/);
  });

  it('is tried with the gate, or all are', () => {
    expect(stockTests(['saga'], TESTED).vitest).toEqual([
      ...['--project', 'e2e*'],
      ...['localstack/e2e/gate.e2e', 'localstack/e2e/saga/'],
    ]);
    expect(stockTests(['--of-commit', commit(1)], TESTED)).toEqual({
      systems: ['rides'],
      vitest: ['--project', 'e2e*', 'localstack/e2e/gate.e2e', ...TESTED.rides],
    });
    expect(stockTests([], TESTED)).toEqual({ systems: [], vitest: ['--project', 'e2e*'] });
  });

  it('has to be one that has tests', () => {
    expect(() => stockTests(['metro'], TESTED)).toThrow(/No end-to-end tests of metro/);
  });
});

it('every system has end-to-end tests, in a folder of its name', () => {
  const systems = globSync('functions/*/contract.ts', { cwd: ROOT }).map((file) => file.split('/').at(-2));
  expect(systems.length).toBeGreaterThan(3);
  expect(Object.keys(testedSystems())).toEqual(systems.toSorted());
});
