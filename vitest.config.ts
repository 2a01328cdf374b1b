import { defineConfig } from 'vitest/config';

/**
 * One project a kind of test, told apart by the file's name:
 * `unit` needs nothing, `stacks` synthesizes the app once, `store` talks to an emulator, `e2e` to a deployed city.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{functions,shared,statemachines,localstack,stacks,bench}/**/*.test.ts'],
          exclude: ['**/*.{store,stack,cloud,e2e}.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'stacks',
          include: ['stacks/**/*.stack.test.ts'],
          // aws-cdk-lib loads lazily: the first template of a process takes seconds.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'store',
          include: ['{functions,shared}/**/*.store.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 30_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['functions/**/*.ts', 'shared/**/*.ts'],
      exclude: ['**/*.test.ts', 'shared/testing/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 90 },
    },
  },
});
