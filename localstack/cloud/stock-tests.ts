import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ROOT } from './paths.ts';
import { CloudProblem } from './problem.ts';

/** The systems that have end-to-end tests, in the order of their names: a folder of localstack/e2e each. */
export const testedSystems = (root = ROOT): readonly string[] => {
  const files = globSync('localstack/e2e/*/*.e2e.test.ts', { cwd: root });
  return [...new Set(files.map((file) => file.split('/').at(-2) ?? ''))].toSorted();
};

/** One system for each commit, so that over many commits each has its turn, and one commit always the same. */
export const systemOfCommit = (commit: string, systems: readonly string[]): string => {
  const chosen = /^[0-9a-f]{40}$/.test(commit)
    ? systems[Number(BigInt(`0x${commit}`) % BigInt(systems.length))]
    : undefined;
  if (chosen === undefined) {
    throw new CloudProblem(`No system can be chosen by the commit "${commit}".`, [
      '--of-commit takes what git rev-parse HEAD prints.',
    ]);
  }
  return chosen;
};

/** What `npm run test:stock` was asked to try. */
export interface StockTests {
  /** None: all of them, and the commands of the tools too. */
  readonly systems: readonly string[];
  /** What vitest is told. */
  readonly vitest: readonly string[];
}

/**
 * The end-to-end tests of the named systems, or of the one that `--of-commit` chooses, or all. What lies in
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
  const systems = commit === undefined ? positionals : [systemOfCommit(commit, tested)];
  const unknown = systems.filter((system) => !tested.includes(system));
  if (unknown.length > 0) {
    throw new CloudProblem(`No end-to-end tests of ${unknown.join(', ')}.`, [
      `There are some of: ${tested.join(', ')}`,
    ]);
  }
  const files =
    systems.length > 0
      ? ['localstack/e2e/gate.e2e', ...systems.map((system) => `localstack/e2e/${system}/`)]
      : [];
  return { systems, vitest: ['--project', 'e2e*', ...files] };
};
