import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { booked, type Difference, judged, lagging, type Movement, type OpenItem } from './reconciliation.ts';

const AT = '2026-11-24T10:00:00.000Z';
const UNTIL = '2026-11-24T18:30:00.000Z';
const anyMovement: fc.Arbitrary<Movement> = fc.record({
  key: fc.constantFrom('payment_1', 'payment_2', 'topup_3', 'refund_4'),
  amount: fc.integer({ min: -3, max: 3 }),
  at: fc.constant(AT),
});
const anySide = fc.array(anyMovement, { maxLength: 12 });
const byKey = (one: { key: string }, two: { key: string }) => (one.key < two.key ? -1 : 1);
const sorted = <T extends { key: string }>(items: readonly T[]): T[] => items.toSorted(byKey);
const sum = (movements: readonly Movement[]) => movements.reduce((total, { amount }) => total + amount, 0);
/** All of one side, then all of the other. */
const matched = (bank: readonly Movement[], ledger: readonly Movement[]): readonly OpenItem[] =>
  booked(booked([], 'bank', bank), 'ledger', ledger);

describe('matching by key', () => {
  test.prop([anySide])('leaves nothing open where both sides say the same', (movements) => {
    expect(matched(movements, movements)).toEqual([]);
    expect(matched(movements, movements.toReversed())).toEqual([]);
  });

  test.prop([anySide, anySide])('is symmetric: with the sides changed it finds the same', (one, other) => {
    const mirrored = matched(other, one).map((item) => ({ ...item, bank: item.ledger, ledger: item.bank }));
    const difference = ({ bank, ledger, ...item }: OpenItem) => ({ ...item, more: bank - ledger });
    expect(sorted(mirrored.map(difference))).toEqual(sorted(matched(one, other).map(difference)));
  });

  test.prop([anySide, anySide])('accounts for all that lies between the two balances', (bank, ledger) => {
    const open = matched(bank, ledger);
    const between = open.reduce((total, item) => total + item.bank - item.ledger, 0);
    expect(between).toBe(sum(bank) - sum(ledger));
    for (const item of open) expect(item.bank).not.toBe(item.ledger);
  });

  test.prop([anySide, anySide, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 })])(
    'finds the same in whichever order the pages of the sides come',
    (bank, ledger, turns) => {
      let open: readonly OpenItem[] = [];
      const left = { bank: [...bank], ledger: [...ledger] };
      for (const isBank of [...turns, ...bank.map(() => true), ...ledger.map(() => false)]) {
        const side = isBank ? 'bank' : 'ledger';
        open = booked(open, side, left[side].splice(0, 2));
      }
      const difference = ({ key, bank: atBank, ledger: here }: OpenItem) => ({ key, more: atBank - here });
      expect(sorted(open.map(difference))).toEqual(sorted(matched(bank, ledger).map(difference)));
    },
  );
});

describe('what is open', () => {
  const item = (key: string, bank: number, ledger: number): OpenItem => ({ key, bank, ledger, since: AT });
  const verdict = (open: OpenItem, subject?: { isFinished: boolean; changedAt: string }) => {
    const subjects = new Map(subject === undefined ? [] : [[open.key, subject]]);
    const { differences, inTransit } = judged([open], subjects, UNTIL);
    expect(differences.length + inTransit.length).toBe(1);
    return inTransit.length === 1 ? 'in transit' : differences[0]?.kind;
  };

  it.each<readonly [number, number, Difference['kind']]>([
    [10, 0, 'only_at_bank'],
    [0, 10, 'only_in_ledger'],
    [10, 9, 'amounts_differ'],
    [-10, 10, 'amounts_differ'],
  ])('is a difference with %i at the bank and %i here: %s', (bank, ledger, kind) => {
    expect(verdict(item('payment_1', bank, ledger), { isFinished: true, changedAt: AT })).toBe(kind);
    expect(verdict(item('of nobody we know', bank, ledger))).toBe(kind);
  });

  it('is in transit while what it belongs to is under way, and a minute longer', () => {
    const open = item('payment_1', 10, 0);
    expect(verdict(open, { isFinished: false, changedAt: AT })).toBe('in transit');
    expect(verdict(open, { isFinished: true, changedAt: '2026-11-24T18:29:00.000Z' })).toBe('in transit');
    expect(verdict(open, { isFinished: true, changedAt: '2026-11-24T18:28:59.999Z' })).toBe('only_at_bank');
    // It ended after midnight: our line is of the next day.
    expect(verdict(open, { isFinished: true, changedAt: '2026-11-24T18:30:02.000Z' })).toBe('in transit');
  });
});

describe('which side is read next', () => {
  const side = (lastAt: string, isDone = false) => ({ isDone, lastAt, balance: 0, lines: 0 });
  it('is the one that lags behind, until both are done', () => {
    expect(lagging({ bank: side(''), ledger: side('') })).toBe('bank');
    expect(lagging({ bank: side('b'), ledger: side('a') })).toBe('ledger');
    expect(lagging({ bank: side('a'), ledger: side('b') })).toBe('bank');
    expect(lagging({ bank: side('a', true), ledger: side('b') })).toBe('ledger');
    expect(lagging({ bank: side('b'), ledger: side('a', true) })).toBe('bank');
    expect(lagging({ bank: side('a', true), ledger: side('a', true) })).toBeUndefined();
  });
});
