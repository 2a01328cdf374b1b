import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { styleText } from 'node:util';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import { outcomeOf } from './outcome.ts';
import type { Ran } from './results.ts';

/** What a run leaves for the command that started it. */
export interface RunReport {
  readonly ran: readonly Ran[];
  /** Files that did not load, errors outside any behaviour, and behaviours that could not be tried. */
  readonly errors: readonly string[];
}

/** Shows each behaviour as it comes, and leaves all of them in the file that DABBA_PARITY_REPORT names. */
class ParityReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const one = ranOf(test);
    if (!one?.outcome) return;
    const { service, sentence, outcome } = one;
    const seconds = `${((test.diagnostic()?.duration ?? 0) / 1000).toFixed(1)} s`;
    const line = outcome.passes
      ? `${styleText('green', '✓')} ${service}: ${sentence} (${seconds})`
      : `${styleText('yellow', '≠')} ${service}: ${sentence} (${seconds})\n    ${outcome.seen}`;
    process.stdout.write(`${line}\n`);
    const stack = test.result().errors?.at(-1)?.stack;
    if (!outcome.passes && process.env.DABBA_PARITY_VERBOSE) process.stdout.write(`${stack}\n`);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const ran = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => ranOf(test) ?? []),
    );
    const broken = modules.flatMap((module) => [
      ...module.errors().map((error) => `${module.moduleId}: ${error.message}`),
      ...[...module.children.allTests()].flatMap((test) => couldNotTry(test) ?? []),
    ]);
    const report: RunReport = { ran, errors: [...broken, ...errors.map(({ message }) => message)] };
    writeFileSync(process.env.DABBA_PARITY_REPORT ?? '/dev/null', JSON.stringify(report));
  }
}

/** Undefined for what a filter left out. */
const ranOf = (test: TestCase): Ran | undefined => {
  const { said } = test.meta();
  if (!said) return undefined;
  const outcome = outcomeOf(test.result());
  const service = basename(test.module.moduleId, '.parity.ts');
  return { service, ...said, ...(outcome && 'passes' in outcome ? { outcome } : {}) };
};

const couldNotTry = (test: TestCase): string | undefined => {
  const outcome = outcomeOf(test.result());
  return outcome && 'couldNot' in outcome ? `${test.name}: ${outcome.couldNot}` : undefined;
};

// biome-ignore lint/style/noDefaultExport: vitest takes a reporter by the default export of its file
export default ParityReporter;
