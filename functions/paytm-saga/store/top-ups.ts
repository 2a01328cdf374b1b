import {
  absent,
  type Change,
  credit,
  debit,
  type EffectStore,
  equals,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Paise } from '../../../shared/money/index.ts';
import type { TopUpId, UserId } from '../contract.ts';
import { BANK_CLEARING, walletOf } from '../domain/accounts.ts';
import { PaymentDeclinedError, TopUpEndedError } from '../domain/errors.ts';
import type { BankPorts } from '../peers.ts';
import { openShard, openSince, SHARDS, topUpKey } from './keys.ts';
import { walletCredited, walletKnown } from './wallets.ts';

export interface TopUp {
  readonly id: TopUpId;
  readonly user: UserId;
  readonly amount: Paise;
  readonly status: 'in_progress' | 'completed' | 'declined';
  /** The bank's code, when it declined. */
  readonly code?: string;
  readonly createdAt: string;
}

/** Records a top-up that is about to happen, into a wallet that is there: nobody could finish it without one. */
export const topUpOpened = (topUp: Omit<TopUp, 'status'>): Change[] => [
  walletKnown(topUp.user),
  put(
    topUpKey(topUp.id),
    { ...topUp, status: 'in_progress', ...openSince('topup', topUp.id, topUp.createdAt) },
    when(absent(), () => new TopUpEndedError({ topUp: topUp.id })),
  ),
];

const topUpEnded = (
  id: TopUpId,
  to: { status: 'completed' } | { status: 'declined'; code: string },
): Change =>
  update(
    topUpKey(id),
    { set: { ...to }, remove: ['openShard', 'openSince'] },
    when(equals('status', 'in_progress'), () => new TopUpEndedError({ topUp: id })),
  );

/**
 * Asks the bank for the money and credits the wallet, once each, however often it is called.
 * @throws {PaymentDeclinedError} the bank said no, now or the first time
 */
export const finishTopUp =
  ({ topUps, people, bank, effects }: BankPorts) =>
  async (id: TopUpId): Promise<TopUp> => {
    const topUp = await topUps.load(id);
    if (topUp.status === 'completed') return topUp;
    if (topUp.status === 'declined') throw new PaymentDeclinedError({ code: topUp.code ?? 'unknown' });
    const { user, amount } = topUp;
    const { bankAccount } = await people.user(user);
    try {
      await bank.debit(id, { account: bankAccount, amount });
    } catch (error) {
      if (error instanceof PaymentDeclinedError) {
        const { code } = error.facts;
        await effects.commit({
          effect: { owner: id, name: 'decline' },
          changes: [topUpEnded(id, { status: 'declined', code })],
          answer: code,
        });
      }
      throw error;
    }
    await effects.commit({
      effect: { owner: id, name: 'credit' },
      changes: [topUpEnded(id, { status: 'completed' }), walletCredited(user, amount)],
      postings: {
        facts: { payment: id, step: 'top_up' },
        lines: [debit(BANK_CLEARING, amount), credit(walletOf(user), amount)],
      },
      answer: id,
    });
    return { ...topUp, status: 'completed' };
  };

export interface TopUps {
  /** @throws {NotFoundError} */
  load(id: TopUpId): Promise<TopUp>;
  /** Those that are not finished, oldest first, at most `limit` of each shard. */
  open(limit: number): Promise<TopUp[]>;
}

export const topUps = (store: EffectStore): TopUps => ({
  async load(id) {
    const found = await store.get(topUpKey(id));
    if (!found) throw new NotFoundError({ what: 'top-up', id });
    return found as unknown as TopUp;
  },
  async open(limit) {
    const shards = Array.from({ length: SHARDS }, (_, shard) =>
      store.query({ index: 'open', pk: openShard('topup', shard), limit }),
    );
    return (await Promise.all(shards)).flatMap(({ items }) => items as unknown as TopUp[]);
  },
});
