import {
  absent,
  anyOf,
  atLeast,
  atMost,
  type Change,
  type EffectStore,
  type Guard,
  missing,
  present,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import { type Paise, paise } from '../../../shared/money/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import type { UserId } from '../contract.ts';
import { InsufficientFundsError, WalletLimitError, WalletLoadLimitError } from '../domain/errors.ts';
import type { WalletLimits } from '../domain/rules.ts';
import { ownedBy, shardOf, walletKey, walletMonthKey, walletsOf } from './keys.ts';

export interface Wallet {
  readonly user: UserId;
  /** In paise. The record also has `claimed`: the balance and what is on its way into it. */
  readonly balance: Paise;
  readonly openedAt: string;
}

export const walletOpened = (user: UserId, openedAt: string): Change =>
  put(
    walletKey(user),
    { user, balance: 0, claimed: 0, openedAt, ...ownedBy(walletsOf(shardOf(user)), user) },
    when(absent(), () => new NotFoundError({ what: 'wallet', id: user })),
  );

/** Takes money out of a wallet that holds it; below zero is impossible by condition. */
export const walletDebited = (user: UserId, amount: Paise): Change =>
  update(
    walletKey(user),
    { add: { balance: -amount, claimed: -amount } },
    when(
      atLeast('balance', amount),
      (found) => new InsufficientFundsError({ needed: amount, available: Number(found?.balance ?? 0) }),
    ),
  );

const known = (user: UserId): Guard => when(present(), () => new NotFoundError({ what: 'wallet', id: user }));

/** Gives back what was held or paid: never refused for a limit, since it was in the wallet before. */
export const walletCredited = (user: UserId, amount: Paise): Change =>
  update(walletKey(user), { add: { balance: amount, claimed: amount } }, known(user));

/** A top-up, until it is over: what it is and when it was asked for. */
export interface Loading {
  readonly user: UserId;
  readonly amount: Paise;
  readonly createdAt: string;
}

/** A month's count is looked at in its month, and by a person for a year more. */
const KEEP_MONTH_DAYS = 400;

/**
 * Claims room for what is about to be brought in, before the bank is asked: two top-ups at once cannot both count on
 * the same room, and none is refused when its money is on the way already.
 */
export const walletClaimed = ({ user, amount, createdAt }: Loading, limits: WalletLimits): Change[] => [
  update(
    walletKey(user),
    { add: { claimed: amount } },
    known(user),
    when(
      atMost('claimed', limits.balance - amount),
      (found) => new WalletLimitError({ limit: limits.balance, held: Number(found?.claimed ?? 0), amount }),
    ),
  ),
  update(
    monthOf(user, createdAt),
    {
      add: { loaded: amount },
      set: { expiresAt: Math.floor(Date.parse(createdAt) / 1000) + KEEP_MONTH_DAYS * 86_400 },
    },
    ...monthGuards(amount, limits),
  ),
];

const monthOf = (user: UserId, at: string) => walletMonthKey(user, kolkata(new Date(at)).date.slice(0, 7));

/** A month takes no less than a wallet holds, so whatever has room in the wallet fits into an empty month. */
const monthGuards = (amount: Paise, { month }: WalletLimits): Guard[] =>
  month === undefined
    ? []
    : [
        when(
          anyOf(missing('loaded'), atMost('loaded', month - amount)),
          (found) => new WalletLoadLimitError({ limit: month, loaded: Number(found?.loaded ?? 0), amount }),
        ),
      ];

/** What was claimed has come. */
export const walletLoaded = ({ user, amount }: Loading): Change =>
  update(walletKey(user), { add: { balance: amount } }, known(user));

/** What was claimed does not come: the bank has declined. */
export const walletUnclaimed = ({ user, amount, createdAt }: Loading): Change[] => [
  update(walletKey(user), { add: { claimed: -amount } }, known(user)),
  update(monthOf(user, createdAt), { add: { loaded: -amount } }),
];

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
