import { describe, expect, it } from 'vitest';
import { BUDGET_KB, complaints, sizesOf, tableOf } from './sizes.ts';

const size = (name: string, gzip: number) => ({ name, gzip, sdk: 1 });

describe('the sizes', () => {
  it('are measured as gzip, with the part that the SDK has of the bytes', () => {
    const code = Buffer.from('x'.repeat(10_000));
    const [measured] = sizesOf(
      {
        inputs: {},
        outputs: {
          'build/paytm-saga-close/index.js': {
            bytes: 10_000,
            inputs: {
              'node_modules/@aws-sdk/client-sqs/x.js': { bytesInOutput: 5_000 },
              'functions/x.ts': { bytesInOutput: 5_000 },
            },
            imports: [],
            exports: [],
          },
        },
      },
      () => code,
    );
    expect(measured).toEqual({ name: 'paytm-saga-close', gzip: 0, sdk: 0 });
  });

  it('may stay, shrink, and grow by a twentieth', () => {
    const table = tableOf([size('a', 100), size('b', 100)]);
    expect(complaints([size('a', 105), size('b', 10)], table)).toEqual([]);
  });

  it.each([
    ['grow by more', [size('a', 105.1)], 'grown from 100 to 105.1'],
    ['come without a line', [size('a', 100), size('b', 1)], 'b is not in the table'],
    ['go without a word', [], 'a is in the table'],
  ])('may not %s', (_, sizes, complaint) => {
    expect(complaints(sizes, tableOf([size('a', 100)])).join()).toContain(complaint);
  });

  it('may not pass the budget, even slowly', () => {
    const table = tableOf([size('a', BUDGET_KB)]);
    expect(complaints([size('a', BUDGET_KB + 1)], table).join()).toContain('more than the budget');
  });
});
