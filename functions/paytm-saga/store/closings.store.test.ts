import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { A_DAY, closingCityOn, TO_CLOSING } from '../closing.fixture.ts';
import { INDEXES } from './ports.ts';

const [FIRST, SECOND] = ['2026-11-24', '2026-11-25'] as const;
const WORKERS = 4;
let table: EffectsTable;

beforeAll(async () => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
  table = await createEffectsTable('paytm-saga-closing', INDEXES);
});
afterAll(() => table?.drop());

describe('the closing of days on a table', () => {
  it(`is done once by ${WORKERS} workers at once, over several pages of lines and of accounts`, async () => {
    const city = closingCityOn(dynamoStore({ ...table, indexes: INDEXES }));
    city.pageOfLines.limit = 80;
    const payments = Array.from({ length: 200 }, (_, n) => `payment_${n}`);
    await Promise.all(payments.map((key) => city.move({ key, amount: 1_000 })));
    city.clock.advance(TO_CLOSING);
    await Promise.all(Array.from({ length: WORKERS }, () => city.work()));
    await city.move({ key: 'payment_7', amount: -400 });
    await city.move({ key: 'payment_8', amount: 250, at: 'bank' });
    city.clock.advance(A_DAY);
    await Promise.all(Array.from({ length: WORKERS }, () => city.work()));

    const { closings, reconciliations } = city.ports;
    expect(await closings.books()).toMatchObject({ first: FIRST, closed: SECOND, reconciled: SECOND });
    expect(await closings.day(FIRST)).toMatchObject({
      ...{ phase: 'closed', attempt: 1, accounts: 201, postings: 400, debits: 200_000, credits: 200_000 },
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await closings.of(FIRST, { limit: 50, cursor });
      seen.push(...page.items.map(({ account }) => account));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(['bank-clearing', ...payments.map((key) => `wallet:${key}`)].sort());
    // Of an account that has moved on both days, each day's own; and of one that has not, the last.
    expect(await closings.last('wallet:payment_7', FIRST)).toMatchObject({ opening: 0, closing: 1_000 });
    expect(await closings.last('wallet:payment_7', SECOND)).toMatchObject({ opening: 1_000, closing: 600 });
    expect(await closings.last('wallet:payment_9', SECOND)).toMatchObject({ day: FIRST, closing: 1_000 });
    expect(await closings.last('wallet:nobody', SECOND)).toBeUndefined();

    const [first, second] = await Promise.all([
      reconciliations.find(FIRST, 'final'),
      reconciliations.find(SECOND, 'final'),
    ]);
    expect(first).toMatchObject({ differences: [], inTransit: [], bank: { lines: 200, balance: 200_000 } });
    expect(second).toMatchObject({
      ...{ bank: { lines: 2, balance: 199_850 }, ledger: { lines: 1, balance: 199_600 } },
      differences: [{ key: 'payment_8', kind: 'only_at_bank', bank: 250 }],
    });
  });
});
