import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { againstDirections, importsOf } from './imports.ts';

const says = (file: string, target: string) => againstDirections([{ file, target }]);

it.each([
  ['functions/ola-rides/doors/book.ts', 'functions/paytm-saga/store/payments.ts', 'only its contract'],
  ['functions/ola-rides/doors/book.test.ts', 'functions/paytm-saga/store/payments.ts', 'only its contract'],
  ['functions/ola-rides/store/rides.ts', 'localstack/cloud/paths.ts', 'where it runs'],
  ['functions/ola-rides/store/rides.ts', 'stacks/city.ts', 'where it runs'],
  ['functions/ola-rides/steps/match.ts', 'statemachines/ola-rides/ride.machine.ts', 'its machine'],
  ['functions/ola-rides/domain/ride.ts', '@aws-sdk/client-sqs', 'no AWS'],
  ['functions/ola-rides/domain.ts', 'shared/logging/index.ts', 'no AWS'],
  ['functions/ola-rides/domain/ride.ts', 'functions/ola-rides/store/rides.ts', 'no AWS'],
  ['functions/ola-rides/steps/match.ts', '@aws-sdk/client-sqs', 'only store/'],
  ['functions/ola-rides/contract.ts', 'functions/ola-rides/domain/ride.ts', 'contracts and kernel types'],
  ['shared/http/client.ts', 'functions/ola-rides/contract.ts', 'no system'],
  ['stacks/ola-rides-stack.ts', 'functions/ola-rides/store/rides.ts', 'contracts and nothing else'],
  ['stacks/ola-rides-stack.ts', 'localstack/cloud/bundle.ts', 'no local cloud'],
  [
    'statemachines/ola-rides/ride.machine.ts',
    'functions/ola-rides/domain/ride.ts',
    'contracts and nothing else',
  ],
  ['console/model/run.ts', 'functions/console/domain/runs.ts', 'what runs in a browser'],
  ['console/model/run.ts', 'node:fs', 'what runs in a browser'],
  ['functions/console/doors/get-run.ts', 'console/model/run.ts', 'where it runs'],
  ['localstack/story/ola-rides.ts', 'functions/platform/domain/trace.ts', 'a client reads contracts'],
  ['functions/ola-rides/seed.ts', 'shared/money/index.ts', 'a seed is data'],
  ['localstack/cli/fares.ts', 'functions/ola-rides/domain/fare.ts', 'the local cloud reads contracts'],
])('finds %s importing %s', (file, target, why) => {
  expect(says(file, target).join('\n')).toContain(why);
});

it.each([
  ['functions/ola-rides/peers.ts', 'functions/paytm-saga/contract.ts'],
  ['functions/ola-rides/peers.ts', 'functions/paytm-saga/contract.views.ts'],
  ['functions/ola-rides/domain/ride.ts', 'functions/ola-rides/contract.ts'],
  ['functions/ola-rides/domain/ride.test.ts', 'statemachines/ola-rides/ride.machine.ts'],
  ['functions/ola-rides/store/rides.ts', '@aws-sdk/lib-dynamodb'],
  ['functions/ola-rides/doors/book.ts', 'functions/ola-rides/store/rides.ts'],
  ['stacks/rules.stack.test.ts', 'localstack/cloud/lambdas.ts'],
  ['localstack/cli/read-trace.ts', 'functions/platform/domain/trace.ts'],
  ['console/model/run.ts', 'functions/console/contract.ts'],
  ['localstack/story/ola-rides.ts', 'functions/ola-rides/seed.ts'],
  ['bench/kernel/house.ts', 'shared/lambda/index.ts'],
])('lets %s import %s', (file, target) => {
  expect(says(file, target)).toEqual([]);
});

it('reads imports of every form, of types too, and no path that is only text', () => {
  const root = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'b.ts'), '');
    writeFileSync(
      join(root, 'a/a.ts'),
      [
        "import type {\n  B,\n} from '../b.ts';",
        "export * from '../b.ts';",
        "import '../b.ts';",
        "const late = import('../b.ts');",
        "import * as z from 'zod';",
        'const text = "from \'../nowhere.ts\'";',
      ].join('\n'),
    );
    expect(importsOf(root, 'a/a.ts').map(({ target }) => target)).toEqual([
      'b.ts',
      'b.ts',
      'b.ts',
      'b.ts',
      'zod',
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
