import {
  absent,
  anyOf,
  atMost,
  type Change,
  check,
  type EffectStore,
  equals,
  type Item,
  missing,
  present,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type Paise, paise } from '../../../shared/money/index.ts';
import { kolkata } from '../../../shared/time/index.ts';
import type { MerchantId, UserId } from '../contract.ts';
import { MerchantSuspendedError, SettlementFrozenError } from '../domain/errors.ts';
import { dailyLimit, MERCHANT_DAILY_LIMIT, type Merchant, type User } from '../domain/rules.ts';
import { merchantDayKey, merchantKey, userKey } from './keys.ts';

const isNew = (what: string, id: string) => when(absent(), () => new NotFoundError({ what, id }));
const isKnown = (what: string, id: string) => when(present(), () => new NotFoundError({ what, id }));

export const userRegistered = (user: User): Change =>
  put(userKey(user.id), { ...user } as unknown as Item, isNew('user', user.id));

export const userChanged = (id: UserId, to: Partial<Pick<User, 'kyc' | 'blocked' | 'disputes'>>): Change =>
  update(userKey(id), { set: { ...to } }, isKnown('user', id));

export const merchantRegistered = (merchant: Merchant): Change =>
  put(merchantKey(merchant.id), { ...merchant } as unknown as Item, isNew('merchant', merchant.id));

export const merchantChanged = (
  id: MerchantId,
  to: Partial<Pick<Merchant, 'suspended' | 'settlement'>>,
): Change => update(merchantKey(id), { set: { ...to } }, isKnown('merchant', id));

/** The pivot's own look at the merchant, in its transaction: a freeze that came after step 3 still counts. */
export const merchantMaySettle = (id: MerchantId): Change =>
  check(
    merchantKey(id),
    when(equals('suspended', false), () => new MerchantSuspendedError({ merchant: id })),
    when(equals('settlement', 'active'), () => new SettlementFrozenError({ merchant: id })),
  );

/** A day's count is looked at on its day, and by a person for some days more. */
const KEEP_COUNT_DAYS = 40;

/**
 * Counts what the pivot brings a merchant on a day, in its transaction, so that payments that settle at once cannot
 * bring more than a day may. Of the amount itself step 3 has seen that a day may bring it.
 */
export const merchantPaid = (id: MerchantId, amount: Paise, now: Date): Change =>
  update(
    merchantDayKey(id, kolkata(now).date),
    {
      add: { paid: amount },
      set: { expiresAt: Math.floor(now.getTime() / 1000) + KEEP_COUNT_DAYS * 86_400 },
    },
    when(anyOf(missing('paid'), atMost('paid', MERCHANT_DAILY_LIMIT - amount)), (found) =>
      dailyLimit(Number(found?.paid ?? 0), amount),
    ),
  );

export interface People {
  /** @throws {NotFoundError} */
  user(id: UserId): Promise<User>;
  /** @throws {NotFoundError} */
  merchant(id: MerchantId): Promise<Merchant>;
  /** What a merchant has been paid on the day of `now`, in Asia/Kolkata. */
  paidOn(id: MerchantId, now: Date): Promise<Paise>;
}

export const people = (store: EffectStore): People => {
  const load = async <T>(what: string, id: string, key: ReturnType<typeof userKey>): Promise<T> => {
    const found = await store.get(key);
    if (!found) throw new NotFoundError({ what, id });
    return found as unknown as T;
  };
  return {
    user: (id) => load<User>('user', id, userKey(id)),
    merchant: (id) => load<Merchant>('merchant', id, merchantKey(id)),
    async paidOn(id, now) {
      const counted = await store.get(merchantDayKey(id, kolkata(now).date));
      return paise(Number(counted?.paid ?? 0));
    },
  };
};
