import {
  absent,
  type Change,
  credit,
  debit,
  type EffectStore,
  equals,
  oneOf,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { Paise } from '../../../shared/money/index.ts';
import type { TopUpId, UserId } from '../contract.ts';
import { BANK_CLEARING, walletOf } from '../domain/accounts.ts';
import { PaymentDeclinedError, TopUpEndedError } from '../domain/errors.ts';
import type { Resumption } from '../domain/payment.ts';
import type { WalletLimits } from '../domain/rules.ts';
import type { BankPorts } from '../peers.ts';
import { openSince, topUpKey } from './keys.ts';
import { pageOfOpen, walksOfOpen } from './open.ts';
import { orderResumed, orderSetAside, orderTried } from './orders.ts';
import { walletClaimed, walletLoaded, walletUnclaimed } from './wallets.ts';

export interface TopUp {
  readonly id: TopUpId;
  readonly user: UserId;
  readonly amount: Paise;
  readonly status: 'in_progress' | 'completed' | 'declined' | 'needs_attention';
  /** The bank's code, when it declined. */
  readonly code?: string;
  readonly createdAt: string;
  /** How often the sweeper has tried in vain, since it was recorded or a person let it go on. */
  readonly tries?: number;
  /** The error that a person has to look at, when it needs attention. */
  readonly attention?: string;
  /** Who let it go on after it had needed attention, oldest first. */
  readonly resumptions?: readonly Omit<Resumption, 'execution'>[];
}

/**
 * Records a top-up that is about to happen, into a wallet that is there and has room for it: nobody could finish it
 * without one.
 */
export const topUpOpened = (topUp: Omit<TopUp, 'status'>, limits: WalletLimits): Change[] => [
  ...walletClaimed(topUp, limits),
  put(
    topUpKey(topUp.id),
    { ...topUp, status: 'in_progress', ...openSince('topup', topUp.id, topUp.createdAt) },
    when(absent(), () => new TopUpEndedError({ topUp: topUp.id })),
  ),
];

const topUpEnded = (
  id: TopUpId,
  to: { endedAt: string } & ({ status: 'completed' } | { status: 'declined'; code: string }),
): Change =>
  update(
    topUpKey(id),
    { set: { ...to }, remove: ['openShard', 'openSince', 'attention'] },
    when(oneOf('status', ['in_progress', 'needs_attention']), () => new TopUpEndedError({ topUp: id })),
  );

const underWay = (id: TopUpId) =>
  when(equals('status', 'in_progress'), () => new TopUpEndedError({ topUp: id }));

/** The sweeper has tried in vain. */
export const topUpTried = (id: TopUpId, tries: number): Change =>
  orderTried(topUpKey(id), tries, underWay(id));

/** A person has to look: out of the sweeper's sight. Its owner may still bring it to its end. */
export const topUpSetAside = (id: TopUpId, attention: string, at: string): Change =>
  orderSetAside(topUpKey(id), { kind: 'topup-attention', id, attention, at }, underWay(id));

/** A person has looked, and the sweeper tries again. */
export const topUpResumed = (topUp: TopUp, resumption: Omit<Resumption, 'execution'>): Change =>
  orderResumed(topUpKey(topUp.id), 'topup', topUp, resumption);

/**
 * Asks the bank for the money and credits the wallet, once each, however often it is called.
 * @param again whether the bank may have been asked before: then it is asked first what became of it. @default true
 * @throws {PaymentDeclinedError} the bank said no, now or the first time
 */
export const finishTopUp =
  ({ topUps, people, bank, effects, now }: BankPorts) =>
  async (id: TopUpId, again = true): Promise<TopUp> => {
    const topUp = await topUps.load(id);
    if (topUp.status === 'completed') return topUp;
    if (topUp.status === 'declined') throw new PaymentDeclinedError({ code: topUp.code ?? 'unknown' });
    const { user, amount } = topUp;
    const { bankAccount } = await people.user(user);
    try {
      const known = again ? await bank.learnDebit(id) : undefined;
      if (!known) await bank.debit(id, { account: bankAccount, amount });
    } catch (error) {
      if (error instanceof PaymentDeclinedError) {
        const { code } = error.facts;
        await effects.commit({
          effect: { owner: id, name: 'decline' },
          changes: [
            topUpEnded(id, { status: 'declined', code, endedAt: now().toISOString() }),
            ...walletUnclaimed(topUp),
          ],
          answer: code,
        });
      }
      throw error;
    }
    await effects.commit({
      effect: { owner: id, name: 'credit' },
      changes: [topUpEnded(id, { status: 'completed', endedAt: now().toISOString() }), walletLoaded(topUp)],
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
  /** Those that the sweeper has to finish, in one walk for each shard, the oldest first. */
  walks(): AsyncGenerator<TopUp>[];
  /** Those that need attention, the oldest of each shard first. */
  waiting(page: Page): Promise<PageOf<TopUp>>;
}

export const topUps = (store: EffectStore): TopUps => ({
  async load(id) {
    const found = await store.get(topUpKey(id));
    if (!found) throw new NotFoundError({ what: 'top-up', id });
    return found as unknown as TopUp;
  },
  walks: () => walksOfOpen(store, 'topup'),
  waiting: (page) => pageOfOpen(store, 'topup-attention', page),
});
