import { describe, expect, it } from 'vitest';
import { objections, readTable, table } from './sizes.ts';

const size = (name: string, gzip: number, asks = false) => ({ name, gzip, sdkShare: 60, asks });
const committed = readTable(table([size('bank-debit', 100)]));

describe('the check of sizes', () => {
  it('reads what it wrote', () => {
    expect(committed).toEqual(new Map([['bank-debit', 100]]));
  });

  it('has nothing against what stayed, shrank or grew a little', () => {
    expect(objections([size('bank-debit', 100.9)], committed)).toEqual([]);
    expect(objections([size('bank-debit', 80)], committed)).toEqual([]);
  });

  it('objects to growth, naming both sizes', () => {
    expect(objections([size('bank-debit', 101.1)], committed)).toEqual([
      'bank-debit grew from 100 to 101.1 kB.',
    ]);
  });

  it('objects to a bundle over the limit even when the table says so', () => {
    expect(objections([size('a', 126)], new Map([['a', 126]]))).toEqual([
      'a has 126 kB; the limit is 125 kB.',
    ]);
    expect(
      objections(
        [size('a', 126, true), size('b', 131, true)],
        new Map([
          ['a', 126],
          ['b', 131],
        ]),
      ),
    ).toEqual(['b has 131 kB; the limit is 130 kB.']);
  });

  it('objects to functions that the table lacks, and to rows without a function', () => {
    expect(objections([size('bank-new', 90)], committed)).toEqual([
      'bank-new is not in the table.',
      'bank-debit is in the table, but gone.',
    ]);
  });
});
