import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ROOT } from './paths.ts';
import { CloudProblem } from './problem.ts';

/** The end-to-end tests of each system, both in the order of their names: a folder of localstack/e2e each. */
export const testedSystems = (root = ROOT): Tested => {
  const files = globSync('localstack/e2e/*/*.e2e.test.ts', { cwd: root }).toSorted();
  const bySystem = Map.groupBy(files, (file) => file.split('/').at(-2) ?? '');
  return Object.fromEntries([...bySystem].toSorted(([one], [other]) => (one < other ? -1 : 1)));
};
export type Tested = { readonly [system: string]: readonly string[] };

/** So many files at most are tried with one commit: what a check of it has time for. */
const MOST_FILES = 5;

/**
 * Some tests of one system for each commit, so that over many commits all have their turn, and one commit always the same.
 * @throws {CloudProblem} it is no whole hash
 */
export const testsOfCommit = (
  commit: string,
  tested: Tested,
): { readonly system: string; readonly files: readonly string[] } => {
  const systems = Object.keys(tested);
  if (!/^[0-9a-f]{40}$/.test(commit) || systems.length === 0) {
    throw new CloudProblem(`No system can be chosen by the commit "${commit}".`, [
      '--of-commit takes what git rev-parse HEAD prints.',
    ]);
  }
  const [number, count] = [BigInt(`0x${commit}`), BigInt(systems.length)];
  const system = systems[Number(number % count)] as string; // there are as many
  const files = tested[system] ?? [];
  const parts = Math.ceil(files.length / MOST_FILES);
  const part = Number((number / count) % BigInt(parts));
  return { system, files: files.filter((_, index) => index % parts === part) };
};

/** What `npm run test:stock` was asked to try. */
export interface StockTests {
  /** None: all of them, and the commands of the tools too. */
  readonly systems: readonly string[];
  /** What vitest is told. */
  readonly vitest: readonly string[];
}

const GATE = 'localstack/e2e/gate.e2e';

/**
 * The end-to-end tests of the named systems, or those that `--of-commit` chooses, or all. What lies in
 * localstack/e2e itself, as the gate, is tried with any of them.
 * @throws {CloudProblem} there is no such system, or no such commit
 */
export const stockTests = (args: readonly string[], tested = testedSystems()): StockTests => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'of-commit': { type: 'string' } },
    allowPositionals: true,
  });
  const commit = values['of-commit'];
  if (commit !== undefined) {
    const { system, files } = testsOfCommit(commit, tested);
    return { systems: [system], vitest: ['--project', 'e2e*', GATE, ...files] };
  }
  const systems = positionals;
  const unknown = systems.filter((system) => !Object.hasOwn(tested, system));
  if (unknown.length > 0) {
    throw new CloudProblem(`No end-to-end tests of ${unknown.join(', ')}.`, [
      `There are some of: ${Object.keys(tested).join(', ')}`,
    ]);
  }
  const files = systems.length > 0 ? [GATE, ...systems.map((system) => `localstack/e2e/${system}/`)] : [];
  return { systems, vitest: ['--project', 'e2e*', ...files] };
};
