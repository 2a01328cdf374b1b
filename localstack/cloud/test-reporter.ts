import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Counts the tests of a run. A file that does not load, and an error outside any test, count as one that failed:
 * a run in which something went wrong must not end with "0 failed".
 */
export const countTests = (modules: readonly TestModule[], errors: readonly SerializedError[]): Counts => {
  let passed = 0;
  let failed = errors.length;
  for (const module of modules) {
    const results = [...module.children.allTests()].map((test) => test.result().state);
    passed += results.filter((state) => state === 'passed').length;
    const failures = results.filter((state) => state === 'failed').length;
    failed += failures === 0 && module.state() === 'failed' ? 1 : failures;
  }
  return { passed, failed };
};

/** Leaves the counts in the file that DABBA_COUNTS names, for the last line of `npm test`. */
class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const file = process.env.DABBA_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(countTests(modules, errors)));
  }
}

// biome-ignore lint/style/noDefaultExport: vitest takes a reporter by the default export of its file
export default CountingReporter;
