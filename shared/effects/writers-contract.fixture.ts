/** What 50 writers at once must find on every store. Called by the tests of each store. */
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { HouseError } from '../errors/index.ts';
import { uuidV7 } from '../ids/index.ts';
import { paise } from '../money/index.ts';
import { kolkata } from '../time/index.ts';
import { atLeast, put, update, when } from './change.ts';
import { type Commit, type Effects, effects } from './commit.ts';
import type { Key } from './item.ts';
import { credit, debit, holdOf, walletOf } from './ledger.ts';
import { linesOfAccount } from './ledger-lines.fixture.ts';
import type { EffectStore } from './store.ts';

class InsufficientFundsError extends HouseError<{ balance: number }> {
  override readonly name = 'InsufficientFundsError';
}

const WRITERS = 50;

export const writersContract = (name: string, openStore: () => Promise<EffectStore> | EffectStore): void => {
  describe(`${name}: ${WRITERS} writers at once`, () => {
    let store: EffectStore;
    let bound: Effects;
    beforeAll(async () => {
      store = await openStore();
      const end = performance.now() + 20_000;
      const deadline = () => end - performance.now();
      bound = effects({ store, now: () => new Date(), ids: uuidV7, chance: Math.random, deadline, pause });
    });

    /** What each writer got: an answer, or the name of an error. */
    const all = (commitOf: (writer: number) => Commit<number>) =>
      Promise.all(
        Array.from({ length: WRITERS }, (_, writer) =>
          bound.commit(commitOf(writer)).catch((error: Error) => ({ error: error.name })),
        ),
      );
    const count = (results: readonly object[], like: object) =>
      results.filter((result) =>
        Object.entries(like).every(([key, value]) => Reflect.get(result, key) === value),
      ).length;

    it('take from one wallet until it holds too little for the next, and the sum is conserved', async () => {
      const wallet: Key = { pk: 'wallet#payer', sk: 'balance' };
      await store.transact([put(wallet, { balance: 1000 })]);
      const results = await all((writer) => ({
        effect: { owner: `payment_${writer}`, name: 'hold' },
        changes: [
          update(
            wallet,
            { add: { balance: -30 } },
            when(
              atLeast('balance', 30),
              (found) => new InsufficientFundsError({ balance: Number(found?.balance) }),
            ),
          ),
        ],
        postings: { lines: [debit(walletOf('payer'), paise(30)), credit(holdOf('payer'), paise(30))] },
        answer: writer,
      }));
      expect(count(results, { repeated: false })).toBe(33);
      expect(count(results, { error: 'InsufficientFundsError' })).toBe(17);
      expect(await store.get(wallet)).toMatchObject({ balance: 10 });
      const { date } = kolkata(new Date());
      for (const [account, sum] of [
        [walletOf('payer'), -990],
        [holdOf('payer'), 990],
      ] as const) {
        const lines = await linesOfAccount(store, account, date);
        expect(lines.reduce((total, { amount }) => total + amount, 0)).toBe(sum);
        expect(new Set(lines.map(({ transaction }) => transaction)).size).toBe(33);
      }
    });

    it('have one effect once, and all get the answer of the first', async () => {
      const counter: Key = { pk: 'counter#same', sk: 'count' };
      const results = await all((writer) => ({
        effect: { owner: 'same', name: 'count' },
        changes: [update(counter, { add: { count: 1 } })],
        answer: writer,
      }));
      expect(count(results, { repeated: false })).toBe(1);
      expect(count(results, { repeated: true })).toBe(WRITERS - 1);
      expect(new Set(results.map((result) => 'answer' in result && result.answer)).size).toBe(1);
      expect(await store.get(counter)).toMatchObject({ count: 1 });
    });

    it('each count once on one counter', async () => {
      const counter: Key = { pk: 'counter#each', sk: 'count' };
      const results = await all((writer) => ({
        effect: { owner: 'each', name: `count ${writer}` },
        changes: [update(counter, { add: { count: 1 } })],
        answer: writer,
      }));
      expect(results).toEqual(Array.from({ length: WRITERS }, (_, answer) => ({ answer, repeated: false })));
      expect(await store.get(counter)).toMatchObject({ count: WRITERS });
    });

    it('find one of them first to change a version that all had read', async () => {
      const record: Key = { pk: 'payment#contested', sk: 'payment' };
      await store.transact([put(record, { version: 7, actor: 1 })]);
      const results = await all((writer) => ({
        effect: { owner: 'contested', name: `by ${writer}` },
        expects: { record, version: 7, actor: 1 },
        changes: [update(record, { set: { winner: writer } })],
        answer: writer,
      }));
      const winner = results.findIndex((result) => 'answer' in result);
      expect(count(results, { repeated: false })).toBe(1);
      expect(count(results, { error: 'VersionConflictError' })).toBe(WRITERS - 1);
      expect(await store.get(record)).toMatchObject({ version: 8, winner });
    });
  });
};
