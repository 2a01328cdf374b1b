import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Paise, paise } from '../money/index.ts';
import {
  type Account,
  credit,
  debit,
  holdOf,
  LEDGER_SHARDS,
  ledgerChanges,
  merchantOf,
  pageOfAccount,
  pageOfDay,
  walletOf,
} from './ledger.ts';
import { linesOfAccount, linesOfDay } from './ledger-lines.fixture.ts';
import { memoryStore } from './memory-store.ts';

const at = new Date('2026-11-24T19:00:00.000Z'); // half past midnight of the 25th in Kolkata
const origin = (n: number) => ({ owner: `payment_${n}`, transaction: `transaction_${n}`, at });

describe('a posting', () => {
  it('is negative when an account gives and positive when it gains', () => {
    expect(debit(walletOf('1'), paise(5))).toEqual({ account: 'wallet:1', amount: -5 });
    expect(credit(holdOf('1'), paise(5))).toEqual({ account: 'hold:1', amount: 5 });
    expect(Object.is(debit(merchantOf('1'), paise(0)).amount, 0)).toBe(true);
  });

  it.each([-1, 0.5, Number.NaN])('is never of %d paise, whatever the types were told', (amount) => {
    expect(() => credit(walletOf('1'), amount as Paise)).toThrow('is no amount in paise');
  });
});

describe('the lines of a transaction', () => {
  test.prop([fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 6 })])(
    'are written if they add up to zero, and else refused with what is left over',
    (amounts) => {
      const lines = amounts.map((amount) => ({ account: walletOf('1'), amount }));
      const sumPaise = amounts.reduce((sum, amount) => sum + amount, 0);
      const balanced = [...lines, { account: holdOf('1'), amount: -sumPaise }];
      expect(ledgerChanges(balanced, origin(1))).toHaveLength(balanced.length);
      if (sumPaise === 0) return;
      expect(() => ledgerChanges(lines, origin(1))).toThrow(
        expect.objectContaining({ name: 'UnbalancedPostingsError', facts: { sumPaise } }),
      );
    },
  );

  it('lie under the day of Kolkata, accounts of the city spread by owner, those of a person not', () => {
    const partitions = new Map<string, Set<unknown>>();
    for (let n = 0; n < 100; n += 1) {
      const lines = [debit('commission', paise(1)), credit(merchantOf('1'), paise(1))];
      for (const change of ledgerChanges(lines, origin(n))) {
        if (change.does !== 'put') throw new Error('a line is put');
        for (const [of, pk] of [
          [change.item.account, change.key.pk],
          ['day', change.item.dayPk],
        ]) {
          partitions.set(String(of), (partitions.get(String(of)) ?? new Set()).add(pk));
        }
      }
    }
    const sharded = (prefix: string) => [0, 1, 2, 3].map((shard) => `${prefix}#2026-11-25#${shard}`);
    expect([...(partitions.get('commission') ?? [])].sort()).toEqual(sharded('LEDGER#commission'));
    expect([...(partitions.get('merchant:1') ?? [])]).toEqual(['LEDGER#merchant:1#2026-11-25#0']);
    expect([...(partitions.get('day') ?? [])].sort()).toEqual(sharded('LEDGER'));
  });

  it('of a city-wide account with a name are spread, too, and come page by page, oldest first', async () => {
    const store = memoryStore();
    const account = 'clearing:paytm-saga';
    const partitions = new Set<string>();
    for (let n = 0; n < 40; n += 1) {
      const later = { ...origin(n), at: new Date(at.getTime() + n * 1_000) };
      const changes = ledgerChanges([credit(account, paise(n)), debit('customer:1', paise(n))], later);
      await store.transact(changes);
      for (const { key } of changes) partitions.add(key.pk);
    }
    expect([...partitions].filter((pk) => pk.includes(account))).toHaveLength(LEDGER_SHARDS);
    expect([...partitions].filter((pk) => pk.includes('customer:1'))).toHaveLength(1);
    for (const limit of [1, 7, 40]) {
      const seen: number[] = [];
      let from: string | undefined;
      do {
        const page = await pageOfAccount(store, {
          ...{ account, day: '2026-11-25', limit },
          ...(from === undefined ? {} : { from }),
        });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ amount }) => amount));
        from = page.next;
      } while (from !== undefined);
      expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => n));
    }
  });

  it('are found again by day and by account, over pages and shards, each once', async () => {
    const store = memoryStore();
    for (let n = 0; n < 250; n += 1) {
      await store.transact(
        ledgerChanges([debit('refunds-due', paise(n)), credit(walletOf('1'), paise(n))], {
          ...origin(n),
          facts: { payment: `payment_${n}`, step: 'refund', execution: 1 },
        }),
      );
    }
    const day = await linesOfDay(store, '2026-11-25');
    expect(day).toHaveLength(500);
    expect(new Set(day.map(({ transaction, sequence }) => `${transaction} ${sequence}`)).size).toBe(500);
    expect(await linesOfDay(store, '2026-11-24')).toEqual([]);
    const of = async (account: Account) => {
      const lines = await linesOfAccount(store, account, '2026-11-25');
      return [lines.length, lines.reduce((sum, { amount }) => sum + amount, 0)];
    };
    expect(await of('refunds-due')).toEqual([250, -31_125]);
    expect(await of('wallet:1')).toEqual([250, 31_125]);
    expect(
      day.find(({ transaction, sequence }) => transaction === 'transaction_7' && sequence === 1),
    ).toEqual({
      account: 'wallet:1',
      amount: 7,
      transaction: 'transaction_7',
      payment: 'payment_7',
      step: 'refund',
      execution: 1,
      sequence: 1,
      at: at.toISOString(),
    });
  });

  it('come page by page for a door, by day and shard', async () => {
    const store = memoryStore();
    for (let n = 0; n < 20; n += 1) {
      await store.transact(
        ledgerChanges([debit('commission', paise(1)), credit('gst-output', paise(1))], origin(n)),
      );
    }
    let found = 0;
    for (let shard = 0; shard < LEDGER_SHARDS; shard += 1) {
      const first = await pageOfDay(store, { day: '2026-11-25', shard, limit: 2 });
      expect(first.items).toHaveLength(2);
      const rest = await pageOfDay(store, { day: '2026-11-25', shard, limit: 100, from: first.next ?? '' });
      expect(rest.next).toBeUndefined();
      found += first.items.length + rest.items.length;
    }
    expect(found).toBe(40);
  });
});
