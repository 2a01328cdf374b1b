import {
  absent,
  atLeast,
  type Change,
  check,
  type EffectStore,
  present,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type Paise, paise } from '../../../shared/money/index.ts';
import type { UserId } from '../contract.ts';
import { InsufficientFundsError } from '../domain/errors.ts';
import { ownedBy, shardOf, walletKey, walletsOf } from './keys.ts';
import type { Page, PageOf } from './payments.ts';

export interface Wallet {
  readonly user: UserId;
  readonly balance: Paise;
  readonly openedAt: string;
}

export const walletOpened = (user: UserId, openedAt: string): Change =>
  put(
    walletKey(user),
    { user, balance: 0, openedAt, ...ownedBy(walletsOf(shardOf(user)), user) },
    when(absent(), () => new NotFoundError({ what: 'wallet', id: user })),
  );

/** Takes money out of a wallet that holds it; below zero is impossible by condition. */
export const walletDebited = (user: UserId, amount: Paise): Change =>
  update(
    walletKey(user),
    { add: { balance: -amount } },
    when(
      atLeast('balance', amount),
      (found) => new InsufficientFundsError({ needed: amount, available: Number(found?.balance ?? 0) }),
    ),
  );

export const walletCredited = (user: UserId, amount: Paise): Change =>
  update(
    walletKey(user),
    { add: { balance: amount } },
    when(present(), () => new NotFoundError({ what: 'wallet', id: user })),
  );

/** The wallet is there: what follows will find it. */
export const walletKnown = (user: UserId): Change =>
  check(
    walletKey(user),
    when(present(), () => new NotFoundError({ what: 'wallet', id: user })),
  );

export interface Wallets {
  find(user: UserId): Promise<Wallet | undefined>;
  list(shard: number, page: Page): Promise<PageOf<Wallet>>;
}

export const wallets = (store: EffectStore): Wallets => ({
  async find(user) {
    const found = await store.get(walletKey(user));
    return found
      ? { user, balance: paise(Number(found.balance)), openedAt: String(found.openedAt) }
      : undefined;
  },
  async list(shard, { cursor, limit }) {
    const page = await store.query({
      index: 'byOwner',
      pk: walletsOf(shard),
      limit,
      ...(cursor ? { from: cursor } : {}),
    });
    return page as unknown as PageOf<Wallet>;
  },
});
