import { defineConfig } from 'vitest/config';

const PATHS_OF_A_PERSON = ['console/browser/{saga,desk}.browser.test.ts'];
/** End-to-end tests that move no money, so that nobody's books wait for them. */
const WITHOUT_MONEY = [
  'localstack/e2e/swiggy-tracking/*.e2e.test.ts',
  'localstack/e2e/zomato-ordering/{by-hand,http}.e2e.test.ts',
];
/** What takes longest and says least anew of the paths that npm test walks: `.ci/run` has it in turn with others. */
const LONGER = [
  'localstack/cli/{dlq,tools}.e2e.test.ts',
  'localstack/e2e/console/{dead-letters,lens}.e2e.test.ts',
  'localstack/e2e/irctc-booking/{by-hand,fuzz,line}.e2e.test.ts',
  'localstack/e2e/paytm-saga/{armed-faults,concurrency,killed-workers}.e2e.test.ts',
  'localstack/e2e/zomato-ordering/fuzz.e2e.test.ts',
];
/** How tests of a deployed city run, whichever they are. */
const IN_A_CITY = {
  // A look is a call through a whole city, whose work it delays.
  expect: { poll: { interval: 250 } },
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // The books are read when nothing else is under way, so files come one after the other, apart from others.
  fileParallelism: false,
  // In one process, which loads the packages once.
  isolate: false,
  setupFiles: ['shared/testing/fresh.fixture.ts'],
  // Inside a file payments of their own may run at once.
  maxConcurrency: 20,
  sequence: { groupOrder: 1 },
};
const LIFE_OF_A_CITY = 'localstack/cli/life.cloud.test.ts';

/**
 * One project a kind of test, told apart by the file's name:
 * `unit` needs nothing, `laws` play many thousand runs, `stacks` synthesizes the app once, `store` talks to an
 * emulator, `e2e` to a deployed city.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{functions,shared,statemachines,console,localstack,stacks,bench}/**/*.test.ts'],
          exclude: [
            '**/{*-laws,laws}.test.ts',
            '**/*.{store,stack,cloud,e2e,browser}.test.ts',
            '**/node_modules/**',
          ],
          isolate: false,
          // Beside everything else they are late, not stuck.
          testTimeout: 60_000,
          setupFiles: ['shared/testing/fresh.fixture.ts'],
        },
      },
      {
        test: {
          name: 'laws',
          include: ['{functions,shared}/**/{*-laws,laws}.test.ts'],
          setupFiles: ['shared/testing/without-stacks.fixture.ts'],
          // They compute, and npm test lets everybody else go first.
          testTimeout: 1_800_000,
        },
      },
      {
        test: {
          name: 'stacks',
          include: ['{stacks,localstack}/**/*.stack.test.ts'],
          // Templates for both targets are made here, whichever cloud runs beside; validation.stack.test.ts has the CDK's rules.
          env: { AWS_ENDPOINT_URL: '', CDK_VALIDATION: 'false' },
          // aws-cdk-lib loads lazily: the first template of a process takes seconds, more beside everything else.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          globalSetup: ['localstack/cloud/built.setup.ts'],
          // In one process: loading aws-cdk-lib for each is a third of their time. They keep nothing.
          fileParallelism: false,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'store',
          include: ['{functions,shared}/**/*.store.test.ts'],
          isolate: false,
          setupFiles: ['shared/testing/fresh.fixture.ts'],
          testTimeout: 60_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'cloud',
          include: ['localstack/**/*.cloud.test.ts'],
          exclude: [LIFE_OF_A_CITY, '**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // A city that is deployed, changed, stopped, moved and started again and again: longer than npm test may take.
        test: {
          name: 'cloud-more',
          include: [LIFE_OF_A_CITY],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          ...IN_A_CITY,
          name: 'e2e',
          include: ['localstack/**/*.e2e.test.ts'],
          exclude: [...WITHOUT_MONEY, ...LONGER, '**/node_modules/**'],
        },
      },
      { test: { ...IN_A_CITY, name: 'e2e-more', include: LONGER } },
      // Beside those of `e2e` on the same city, when stores and clouds have had their time.
      { test: { ...IN_A_CITY, name: 'e2e-beside', include: WITHOUT_MONEY } },
      {
        // A person's path in a real Chromium, where there is one; after the end-to-end tests, on their city.
        test: {
          name: 'browser',
          include: PATHS_OF_A_PERSON,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // What is longer to walk than npm test may take, every page for everybody: npm run test:browser has it too.
        test: {
          name: 'browser-more',
          include: ['console/browser/*.browser.test.ts'],
          exclude: [...PATHS_OF_A_PERSON, '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
      {
        // What AWS's pages say, asked of a cloud that npm run parity names; no part of npm test.
        test: {
          name: 'parity',
          include: ['localstack/parity/**/*.parity.ts'],
          globalSetup: ['localstack/parity/harness/setup.ts'],
          // They mostly wait for a cloud, not for this machine.
          maxWorkers: 3,
          maxConcurrency: 8,
          hookTimeout: 120_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/**/*.ts', 'shared/**/*.ts'],
      // What sets up a test is no code that runs: it would flatter the figure. Contracts and models are judged by their own tests.
      exclude: ['**/*.test.ts', '**/*.fixture.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 90 },
    },
  },
});
