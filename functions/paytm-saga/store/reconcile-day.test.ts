import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { A_DAY, closingCity, TO_CLOSING } from '../closing.fixture.ts';
import { heardLog } from '../doors.fixture.ts';
import { interimAsked } from './reconciliations.ts';

const [FIRST, SECOND] = ['2026-11-24', '2026-11-25'] as const;

beforeEach(() => {
  heardLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

type City = ReturnType<typeof closingCity>;
const finalOf = (city: City, day: string) => city.ports.reconciliations.find(day, 'final');

describe('reconciling a day', () => {
  it('finds what only one side knows, and other amounts; the metric says how many', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1', amount: 900, at: 'bank' });
    await city.move({ key: 'payment_2', amount: 800, at: 'ledger' });
    await city.move({ key: 'payment_3', amount: 700, at: 'bank' });
    await city.move({ key: 'payment_3', amount: 600, at: 'ledger' });
    await city.move({ key: 'payment_4', amount: 500 });
    for (const n of [1, 2, 3, 4]) await city.knows(`payment_${n}`, 'completed', '2026-11-24T10:00:00.000Z');
    city.clock.advance(TO_CLOSING);
    await city.work();
    const found = await finalOf(city, FIRST);
    expect(found).toMatchObject({ status: 'done', inTransit: [] });
    expect(found?.differences).toMatchObject([
      { key: 'payment_1', kind: 'only_at_bank', bank: 900, ledger: 0 },
      { key: 'payment_2', kind: 'only_in_ledger', bank: 0, ledger: 800 },
      { key: 'payment_3', kind: 'amounts_differ', bank: 700, ledger: 600 },
    ]);
    expect(found).toMatchObject({ bank: { balance: 2_100 }, ledger: { balance: 1_900 } });
    expect(city.differed).toEqual([3]);
    expect(city.told()).toMatchObject([
      { data: { differences: 3, bankBalance: 2_100, ledgerBalance: 1_900 } },
    ]);

    // What was mended is no difference on the next day, and what was not is one still.
    city.clock.advance(3_600_000);
    await city.move({ key: 'payment_1', amount: -900, at: 'bank' });
    await city.move({ key: 'payment_2', amount: 800, at: 'bank' });
    city.clock.advance(A_DAY);
    await city.work();
    expect((await finalOf(city, SECOND))?.differences).toMatchObject([{ key: 'payment_3' }]);
    expect(city.differed).toEqual([3, 1]);
  });

  it('does not blame what is under way, and looks at it again the next day', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1', at: 'bank' });
    await city.move({ key: 'payment_2', at: 'bank' });
    await city.knows('payment_1', 'in_progress');
    await city.knows('payment_2', 'needs_attention', '2026-11-24T10:00:00.000Z');
    city.clock.advance(TO_CLOSING);
    await city.work();
    expect(await finalOf(city, FIRST)).toMatchObject({
      ...{ differences: [], inTransit: [{ key: 'payment_1' }, { key: 'payment_2' }] },
    });
    // One is booked after all, the other ends without.
    await city.move({ key: 'payment_1', at: 'ledger' });
    const endedAt = city.clock.now().toISOString();
    for (const key of ['payment_1', 'payment_2']) await city.knows(key, 'completed', endedAt);
    city.clock.advance(A_DAY);
    await city.work();
    const next = await finalOf(city, SECOND);
    expect(next?.inTransit).toEqual([]);
    expect(next?.differences).toMatchObject([{ key: 'payment_2', since: '2026-11-24T10:00:00.000Z' }]);
    expect(city.differed).toEqual([0, 1]);
  });

  it('lets a movement go over midnight: at the bank before it, here after it', async () => {
    const city = closingCity();
    city.clock.advance(8.5 * 3_600_000 - 1);
    await city.move({ key: 'payment_1', at: 'bank' });
    city.clock.advance(2);
    await city.move({ key: 'payment_1', at: 'ledger' });
    await city.knows('payment_1', 'completed', city.clock.now().toISOString());
    city.clock.advance(15 * 60_000);
    await city.work();
    expect(await finalOf(city, FIRST)).toMatchObject({ differences: [], inTransit: [{ key: 'payment_1' }] });
    city.clock.advance(A_DAY);
    await city.work();
    expect(await finalOf(city, SECOND)).toMatchObject({ differences: [], inTransit: [] });
  });

  it('of today so far is interim: it closes nothing, and is made anew as often as it is asked for', async () => {
    const city = closingCity();
    const ask = async (request: string) => {
      const askedAt = city.clock.now().toISOString();
      await city.store.transact([interimAsked({ day: FIRST, request, askedAt, by: 'operator' })]);
      await city.work({ closing: 'due', interim: FIRST });
      return city.ports.reconciliations.find(FIRST, 'interim');
    };
    expect(await ask('none')).toMatchObject({ status: 'done', differences: [], bank: { lines: 0 } });
    await city.move({ key: 'payment_1' });
    city.clock.advance(1_000);
    expect(await ask('one')).toMatchObject({ status: 'done', differences: [], bank: { lines: 1 } });
    await city.move({ key: 'at the bank directly', at: 'bank' });
    city.clock.advance(1_000);
    expect(await ask('two')).toMatchObject({
      ...{ request: 'two', differences: [{ key: 'at the bank directly', kind: 'only_at_bank' }] },
    });
    expect(city.differed).toEqual([0, 0, 1]);
    expect(await city.ports.closings.books()).toEqual({});
    expect(city.told()).toEqual([]);
    // What is done already is not done again.
    await city.work({ closing: 'due', interim: FIRST });
    expect(city.differed).toHaveLength(3);
  });

  it('begins anew when it is asked for again while it runs', async () => {
    const city = closingCity();
    await city.move({ key: 'payment_1' });
    city.clock.advance(1_000);
    const { page } = city.ports.statement;
    const ask = (request: string) =>
      city.store.transact([interimAsked({ day: FIRST, request, askedAt: city.clock.now().toISOString() })]);
    await ask('one');
    const statement = vi.spyOn(city.ports.statement, 'page').mockImplementation(async (from) => {
      if ((await city.ports.reconciliations.find(FIRST, 'interim'))?.page === 1) {
        statement.mockRestore();
        await ask('two');
      }
      return page(from);
    });
    await city.work({ closing: 'due', interim: FIRST });
    expect(await city.ports.reconciliations.find(FIRST, 'interim')).toMatchObject({
      ...{ request: 'two', status: 'done', bank: { lines: 1 }, ledger: { lines: 1 } },
    });
  });

  it('that agrees on next to nothing is for a person, not a list', async () => {
    const city = closingCity();
    city.pageOfLines.limit = 500;
    for (let n = 0; n < 1_001; n += 1) await city.move({ key: `payment_${n}`, at: 'bank' });
    city.clock.advance(TO_CLOSING);
    await expect(city.work()).rejects.toMatchObject({
      ...{ name: 'TooManyOpenItemsError', retryable: false, facts: { day: FIRST, limit: 1_000 } },
    });
    expect(await city.ports.closings.books()).toMatchObject({ closed: FIRST });
  });
});
