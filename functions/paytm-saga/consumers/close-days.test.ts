import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeerUnavailableError } from '../../../shared/errors/index.ts';
import { A_DAY, closingCity, type Moved, TO_CLOSING } from '../closing.fixture.ts';
import type { Closing } from '../domain/closing.ts';
import { dayAfter } from '../domain/days.ts';
import { heardLog } from '../doors.fixture.ts';

const [FIRST, SECOND, THIRD] = ['2026-11-24', '2026-11-25', '2026-11-26'] as const;

beforeEach(() => {
  heardLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

type City = ReturnType<typeof closingCity>;
const closingsOn = async ({ ports }: City, day: string) => {
  const { items } = await ports.closings.of(day, { limit: 100 });
  return Object.fromEntries(
    items.map(({ account, opening, debits, credits, closing, postings }) => [
      account,
      [opening, debits, credits, closing, postings],
    ]),
  );
};
const finalOf = (city: City, day: string) => city.ports.reconciliations.find(day, 'final');
describe('closing a day', () => {
  it('writes what each account that moved began with, what moved and what it ended with, day after day', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1', amount: 5_000 });
    await city.pay('payment_1', 1_500);
    city.clock.advance(TO_CLOSING);
    await city.work();
    expect(await closingsOn(city, FIRST)).toEqual({
      'bank-clearing': [0, 5_000, 0, -5_000, 1],
      commission: [0, 0, 1_500, 1_500, 1],
      'wallet:payment_1': [0, 1_500, 5_000, 3_500, 2],
    });
    // Nothing moves for a day, and then a part goes back.
    city.clock.advance(A_DAY);
    await city.work();
    expect(await closingsOn(city, SECOND)).toEqual({});
    await city.move({ key: 'payment_1', amount: -2_000 });
    city.clock.advance(A_DAY);
    await city.work();
    expect(await closingsOn(city, THIRD)).toEqual({
      'bank-clearing': [-5_000, 0, 2_000, -3_000, 1],
      'wallet:payment_1': [3_500, 2_000, 0, 1_500, 1],
    });
    expect(await city.ports.closings.books()).toMatchObject({
      ...{ first: FIRST, closed: THIRD, reconciled: THIRD },
    });
    expect(city.differed).toEqual([0, 0, 0]);
  });

  it('tells the city of each, once it is reconciled too', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1', amount: 5_000 });
    city.clock.advance(TO_CLOSING);
    await city.work();
    expect(city.told()).toMatchObject([
      {
        ...{ type: 'paytm-saga.DayClosed', subject: FIRST, correlationid: 'correlation' },
        data: {
          ...{
            day: FIRST,
            accounts: 2,
            postings: 2,
            turnover: 5_000,
            bankBalance: 5_000,
            ledgerBalance: 5_000,
          },
          ...{ differences: 0, inTransit: 0 },
        },
      },
    ]);
    await city.work();
    expect(city.told()).toHaveLength(1);
  });

  it('waits until it is over, and until nothing of it is on its way any more', async () => {
    const city = closingCity();
    await city.work();
    await city.move({ key: 'payment_1' });
    await city.work();
    city.clock.advance(TO_CLOSING - 5 * 60_000 - 1);
    await city.work();
    expect(await city.ports.closings.books()).toEqual({});
    city.clock.advance(1);
    await city.work();
    expect(await city.ports.closings.books()).toMatchObject({ closed: FIRST });
  });

  it('catches up with every day that was left, oldest first', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1' });
    city.clock.advance(A_DAY);
    await city.move({ key: 'payment_1', amount: 500 });
    city.clock.advance(A_DAY + TO_CLOSING);
    await city.work();
    expect(city.told().map(({ subject }) => subject)).toEqual([FIRST, SECOND, THIRD]);
    expect(await closingsOn(city, SECOND)).toMatchObject({ 'bank-clearing': [-1_000, 500, 0, -1_500, 1] });
  });

  it('goes on without the bank, and reconciles when it is back', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1' });
    city.clock.advance(TO_CLOSING);
    // It answers what the first day is, and then no more.
    const { page } = city.ports.statement;
    const statement = vi.spyOn(city.ports.statement, 'page');
    statement.mockImplementation(async (from) => {
      if ((await city.ports.closings.books()).closed) {
        throw new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 });
      }
      return page(from);
    });
    await expect(city.work()).rejects.toMatchObject({ name: 'PeerUnavailableError', retryable: true });
    expect(await city.ports.closings.books()).toEqual(
      expect.not.objectContaining({ reconciled: expect.anything() }),
    );
    expect(await closingsOn(city, FIRST)).toMatchObject({ 'bank-clearing': [0, 1_000, 0, -1_000, 1] });
    statement.mockRestore();
    await city.work();
    expect(await city.ports.closings.books()).toMatchObject({ closed: FIRST, reconciled: FIRST });
  });

  it('counts anew when what it read does not balance, so that no half of a day is closed', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1' });
    city.clock.advance(TO_CLOSING);
    const { ofDay } = city.ports.ledger;
    const ledger = vi.spyOn(city.ports.ledger, 'ofDay').mockImplementation(async (...asked) => {
      const page = await ofDay(...asked);
      return { ...page, items: page.items.slice(1) };
    });
    await expect(city.work()).rejects.toMatchObject({
      ...{ name: 'DayUnbalancedError', retryable: true, facts: { day: FIRST } },
    });
    ledger.mockRestore();
    await city.work();
    expect(await closingsOn(city, FIRST)).toMatchObject({ 'bank-clearing': [0, 1_000, 0, -1_000, 1] });
  });

  const anyMove: fc.Arbitrary<Moved & { hours: number }> = fc.record({
    key: fc.nat(200).map((n) => `payment_${n}`),
    amount: fc.integer({ min: 1, max: 1_000 }),
    at: fc.constant('both' as const),
    hours: fc.constantFrom(0, 0, 0, 5),
  });

  test.prop(
    [
      fc.array(anyMove, { maxLength: 60, size: 'max' }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
    ],
    { numRuns: 15 },
  )(
    'gives the same records however often it is interrupted, and each day opens with what the last one closed with',
    async (moves, pieces, lines) => {
      const [whole, broken] = [closingCity(), closingCity()];
      broken.patience.pieces = pieces;
      broken.pageOfLines.limit = lines;
      for (const city of [whole, broken]) {
        for (const move of moves) {
          await city.move(move);
          city.clock.advance(move.hours * 3_600_000);
        }
        city.clock.advance(A_DAY + TO_CLOSING);
      }
      await whole.work();
      expect(await broken.work()).toBeGreaterThanOrEqual(moves.length > 0 ? 2 : 1);
      const records = ({ store }: City) =>
        store
          .all()
          .flatMap(({ pk, ...item }) => (String(pk).startsWith('CLOSING#') ? [{ pk, ...item }] : []));
      expect(records(broken)).toEqual(records(whole));

      const { first, closed } = await whole.ports.closings.books();
      const balances = new Map<string, number>();
      for (let day = first; day !== undefined && closed !== undefined && day <= closed; day = dayAfter(day)) {
        const { items } = await whole.ports.closings.of(day, { limit: 1_000 });
        for (const { account, opening, debits, credits, closing } of items as Closing[]) {
          expect([account, opening]).toEqual([account, balances.get(account) ?? 0]);
          expect(closing).toBe(opening + credits - debits);
          balances.set(account, closing);
        }
      }
      expect([...balances.values()].reduce((sum, one) => sum + one, 0)).toBe(0);
      for (const city of [whole, broken])
        expect(city.differed.every((differences) => differences === 0)).toBe(true);
    },
    30_000,
  );

  it('is done once by any number of workers at the same time', async () => {
    const city = closingCity();
    for (let n = 0; n < 30; n += 1) await city.move({ key: `payment_${n}` });
    city.clock.advance(TO_CLOSING);
    await Promise.all([city.work(), city.work(), city.work()]);
    expect(await closingsOn(city, FIRST)).toMatchObject({ 'bank-clearing': [0, 30_000, 0, -30_000, 30] });
    expect(city.told()).toHaveLength(1);
    expect((await finalOf(city, FIRST))?.bank).toMatchObject({ lines: 30, balance: 30_000 });
  });
});
