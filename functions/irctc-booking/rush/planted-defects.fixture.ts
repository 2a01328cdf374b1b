/** Systems that break one rule each: what a careless one would do. The laws must find every one. */
import { type Change, type EffectStore, eventOf, type Item } from '../../../shared/effects/index.ts';
import { events } from '../contract.events.ts';
import type { Booking } from '../domain/booking.ts';
import { seatsOf } from '../domain/booking.ts';
import { type Pool, released } from '../domain/pool.ts';
import { poolKey } from '../store/keys.ts';
import type { Defect } from './ports.fixture.ts';

type Rewrite = (
  changes: readonly Change[],
  store: EffectStore,
) => Promise<readonly Change[]> | readonly Change[];

const rewriting = (rewrite: Rewrite): Defect => ({
  store: (store) => ({
    ...store,
    transact: async (changes) => store.transact(await rewrite(changes, store)),
  }),
});

type Put = Change & { readonly does: 'put' };
const isPut = (change: Change): change is Put => change.does === 'put';
const bookingOf = (change: Change): Booking | undefined =>
  isPut(change) && change.key.sk === 'BOOKING' ? (change.item as unknown as Booking) : undefined;
const poolOf = (change: Change): Pool | undefined =>
  isPut(change) && change.key.sk === 'POOL' ? (change.item as unknown as Pool) : undefined;
const movesTo = (changes: readonly Change[], state: Booking['state'], by?: string): boolean =>
  changes.some((change) => {
    const booking = bookingOf(change);
    return booking?.state === state && (by === undefined || booking.moves.at(-1)?.by === by);
  });
const withoutGuards = (isOpen: (change: Change) => boolean): Defect =>
  rewriting((changes) => changes.map((change) => (isOpen(change) ? { ...change, guards: [] } : change)));
const with_ = (change: Put, item: object): Change => ({ ...change, item: item as Item });

export const poolWithoutVersion = withoutGuards(({ key }) => key.sk === 'POOL');
export const stepAgainOnRedelivery: Defect = {
  // Each try is an effect of its own, so that nobody knows a message again.
  ports: (ports) => {
    let tries = 0;
    return {
      ...ports,
      effects: {
        ...ports.effects,
        commit: (commit) => {
          tries += 1;
          const { effect } = commit;
          const name = effect.name.startsWith('step:')
            ? `${effect.name} ${ports.ids()} ${tries}`
            : effect.name;
          return ports.effects.commit({ ...commit, effect: { ...effect, name } });
        },
      },
    };
  },
};
export const unpaidKeepsItsPlaces = rewriting((changes) =>
  movesTo(changes, 'FAILED', 'payment') ? changes.filter((change) => poolOf(change) === undefined) : changes,
);
export const lateMoneyIsKept = rewriting((changes) =>
  changes.map((change) => {
    const booking = bookingOf(change);
    const isLate = booking?.refunds.some(({ reason }) => reason === 'paid_too_late');
    return isPut(change) && isLate ? with_(change, { ...change.item, refunds: [] }) : change;
  }),
);
export const lastSharesFirst: Defect = {
  ports: (ports) => ({
    ...ports,
    pools: {
      find: async (id) => {
        const pool = await ports.pools.find(id);
        return pool && { ...pool, sharing: pool.sharing.toReversed() };
      },
    },
  }),
};
export const lastWaitsFirst: Defect = {
  ports: (ports) => ({
    ...ports,
    pools: {
      find: async (id) => {
        const pool = await ports.pools.find(id);
        return pool && { ...pool, waiting: pool.waiting.toReversed() };
      },
    },
  }),
};
export const counterStays = rewriting((changes) =>
  changes.filter(
    ({ key, ...change }) => key.sk !== 'IN_FLIGHT' || change.does !== 'update' || (change.add.count ?? 0) > 0,
  ),
);
export const noBoundAtAdmission = withoutGuards(({ key }) => key.sk === 'IN_FLIGHT');
export const chartLosesLadies = rewriting((changes) =>
  changes.map((change) => {
    const pool = poolOf(change);
    if (!isPut(change) || pool?.state !== 'closing' || pool.forLadies.length === 0) return change;
    const free = pool.free.filter((berth) => !pool.forLadies.includes(berth));
    return with_(change, { ...change.item, free, forLadies: [] });
  }),
);
/** The berth is free, and nobody is on the way to it. */
export const cancelWithoutPromotion = rewriting(async (changes, store) => {
  const own = changes.find(
    (change) => bookingOf(change)?.moves.at(-1)?.by === 'customer' && movesTo([change], 'CANCELLED'),
  );
  const pool = changes.find((change) => poolOf(change) !== undefined);
  if (own === undefined || pool === undefined || !isPut(pool)) return changes;
  const [before, booking] = await Promise.all([store.get(poolKey(String(pool.item.id))), store.get(own.key)]);
  if (before === undefined || booking === undefined) return changes;
  const {
    dueSince: _,
    dueShard: __,
    dueAt: ___,
    ...free
  } = released(before as unknown as Pool, seatsOf(booking as unknown as Booking)) as Pool & {
    dueShard?: string;
    dueAt?: string;
  };
  const isOthers = (change: Change) => bookingOf(change) !== undefined && change !== own;
  return changes.flatMap((change) => {
    if (change === pool) return [with_(pool, { ...free, version: pool.item.version })];
    return isOthers(change) || change.key.pk.startsWith('OUTBOX#') ? [] : [change];
  });
});
export const newcomersPass: Defect = {
  // Whoever allocates does not look at who waits.
  store: (store) => ({
    ...store,
    transact: (changes) => {
      const seated = changes.find((change) => movesTo([change], 'PAYMENT_PENDING', 'allocation'));
      const pool = changes.find((change) => (poolOf(change)?.free.length ?? 0) > 0);
      const asked = seated && bookingOf(seated);
      // Its first change: what comes later is a promotion.
      const booking = asked?.version === 2 ? asked : undefined;
      const own = pool && poolOf(pool);
      const first = booking?.passengers.find(({ seat }) => seat?.status === 'WL');
      const berth = own?.free[0];
      if (!seated || !pool || !isPut(seated) || !isPut(pool) || !booking || !own || !first || !berth)
        return store.transact(changes);
      const seat = { status: 'CNF', berth } as const;
      const passengers = booking.passengers.map((one) =>
        one === first ? { ...one, booked: seat, seat } : one,
      );
      const waiting = own.waiting.filter(
        (one) => one.booking !== booking.id || one.passenger !== first.number,
      );
      return store.transact(
        changes.map((change) => {
          if (change === seated) return with_(seated, { ...seated.item, passengers });
          if (change === pool) return with_(pool, { ...pool.item, free: own.free.slice(1), waiting });
          return change;
        }),
      );
    },
  }),
};
export const promotionsUntold = rewriting((changes) =>
  changes.filter((change) => {
    if (!isPut(change) || !change.key.pk.startsWith('OUTBOX#')) return true;
    const { type, data } = eventOf(change.item);
    return type !== events.moved.type || (data as { by?: string }).by !== 'promotion';
  }),
);
export const eachRequestItsOwnLine: Defect = { unordered: true };
export const refundsTwice: Defect = {
  cashier: (cashier) => ({
    ...cashier,
    refund: (booking, number) =>
      cashier.refund(
        {
          ...booking,
          refunds: booking.refunds.map((one) => ({ ...one, amount: (one.amount * 2) as never })),
        },
        number,
      ),
  }),
};
