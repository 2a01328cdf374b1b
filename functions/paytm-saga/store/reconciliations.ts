import {
  absent,
  type Change,
  type EffectStore,
  equals,
  type Item,
  type Key,
  put,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import type { Difference, OpenItem, Reading, Subject } from '../domain/reconciliation.ts';
import { paymentKey, reconciliationKey, refundKey, topUpKey } from './keys.ts';

/** A reconciliation: asked for, under way, or done. */
export interface Reconciliation {
  readonly day: string;
  readonly kind: 'final' | 'interim';
  /** Which one it is: an interim one is replaced by the next. */
  readonly request: string;
  readonly status: 'asked' | 'in_progress' | 'done';
  readonly askedAt: string;
  /** The subject of the token that asked for it, unless the day came to its end. */
  readonly by?: string;
  /** Counts on to the end: each page is an effect of its own. */
  readonly page: number;
  /** Looked at is what is from `from` on and before `until`. */
  readonly from?: string;
  readonly until?: string;
  readonly bank?: Reading;
  readonly ledger?: Reading & { readonly day: string };
  /** What is open so far; in the end it is divided into the next two. */
  readonly open?: readonly OpenItem[];
  readonly differences?: readonly Difference[];
  readonly inTransit?: readonly OpenItem[];
}

/** An operator asks for one of today so far, in the place of the one before it. */
export const interimAsked = (asked: Pick<Reconciliation, 'day' | 'request' | 'askedAt' | 'by'>): Change =>
  put(reconciliationKey(asked.day, 'interim'), { ...asked, kind: 'interim', status: 'asked', page: 0 });

/** It goes on by a page; whoever is second has read a page that is booked already. */
export const reconciliationWentOn = (from: Reconciliation, to: Reconciliation): Change => {
  const conflict = (found: Item | undefined) =>
    new VersionConflictError({ expected: from.page, found: Number(found?.page ?? 0) });
  const isNew = from.kind === 'final' && from.status === 'asked';
  const guards = isNew
    ? [when(absent(), conflict)]
    : [when(equals('request', from.request), conflict), when(equals('page', from.page), conflict)];
  return put(reconciliationKey(to.day, to.kind), to as unknown as Item, ...guards);
};

export interface Reconciliations {
  find(day: string, kind: Reconciliation['kind']): Promise<Reconciliation | undefined>;
  /** What we know of the payments, top-ups and refunds that some keys name; of other keys nothing. */
  subjects(keys: readonly string[]): Promise<ReadonlyMap<string, Subject>>;
}

export const reconciliations = (store: EffectStore): Reconciliations => ({
  find: async (day, kind) =>
    (await store.get(reconciliationKey(day, kind))) as unknown as Reconciliation | undefined,
  async subjects(keys) {
    const found = new Map<string, Subject>();
    for (let n = 0; n < keys.length; n += AT_ONCE) {
      await Promise.all(
        keys.slice(n, n + AT_ONCE).map(async (key) => {
          const at = keyOfSubject(key);
          const item = at && (await store.get(at));
          if (item) found.set(key, subjectIn(item));
        }),
      );
    }
    return found;
  },
});

const AT_ONCE = 20;

const keyOfSubject = (key: string): Key | undefined => {
  if (key.startsWith('payment_')) return paymentKey(key);
  if (key.startsWith('topup_')) return topUpKey(key);
  return key.startsWith('refund_') ? refundKey(key) : undefined;
};

const UNFINISHED: readonly unknown[] = ['in_progress', 'needs_attention'];

const subjectIn = ({ status, createdAt, endedAt }: Item): Subject => ({
  isFinished: !UNFINISHED.includes(status),
  changedAt: String(endedAt ?? createdAt),
});
