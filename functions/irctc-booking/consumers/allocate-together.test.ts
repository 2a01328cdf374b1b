import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import type { PassengerIn } from '../contract.codes.ts';
import type { BookingId } from '../contract.views.ts';
import { poolOf } from '../domain/booking.ts';
import { DATE, openRail, priya, rahul, smallPool } from '../rail.fixture.ts';
import { runKey } from '../store/keys.ts';
import { allocateTogether } from './allocate-berths.ts';

/** The day before the train leaves, when Tatkal is sold. */
const TATKAL = '2026-12-05T05:00:00.000Z';

type Rail = Awaited<ReturnType<typeof openRail>>;

const customer = (n: number): Caller => ({ subject: `customer_${n}`, roles: ['customer'] });
/** Each of somebody else's, so that nobody has too many under way. */
const askedOf = async (
  rail: Rail,
  parties: readonly { readonly party: readonly PassengerIn[]; readonly quota?: string }[],
) => {
  const ids: BookingId[] = [];
  for (const [n, { party, quota = 'GN' }] of parties.entries())
    ids.push((await rail.ask(party, { caller: customer(n), quota })).id);
  return ids;
};
const together = async (rail: Rail, ids: readonly BookingId[]) => {
  const requests = [];
  for (const id of ids) {
    const booking = await rail.booking(id);
    requests.push({ data: { booking: id, pool: poolOf(booking) } });
  }
  await allocateTogether(rail.ports)(requests);
  return Promise.all(ids.map(rail.booking));
};
const parties = (...sizes: readonly number[]) =>
  sizes.map((size) => ({ party: Array.from({ length: size }, (_, n) => (n % 2 ? priya : rahul)) }));

describe('allocating several requests in one go', () => {
  it('gives what each of them would get by itself, in their order', async () => {
    const party = fc.record({
      party: fc.array(fc.constantFrom(rahul, priya, { ...priya, berth: 'LB' as const }), {
        minLength: 1,
        maxLength: 3,
      }),
      quota: fc.constantFrom('GN', 'TQ', 'LD'),
    });
    const pools = () => [
      smallPool([1, 2, 4, 5], { shared: [7], mayWait: 3 }),
      smallPool([9, 10], { quota: 'TQ', mayWait: 2 }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(party, { minLength: 1, maxLength: 8 }), async (wanted) => {
        // Tatkal is sold a day before, and the ladies' quota to women only.
        const asked = wanted.map(({ party: of, quota }) => ({
          quota,
          party: quota === 'LD' ? of.map((one) => ({ ...one, gender: 'F' as const })) : of,
        }));
        const [one, other] = await Promise.all([openRail(pools(), TATKAL), openRail(pools(), TATKAL)]);
        const byItself = [];
        for (const id of await askedOf(one, asked)) byItself.push(await one.allocate(id));
        const inOneGo = await together(other, await askedOf(other, asked));
        const placesOf = (all: typeof inOneGo) =>
          all.map(({ state, reason, passengers, attempts, version, holdUntil }) => ({
            ...{ state, reason, attempts, version, holdUntil, seats: passengers.map(({ seat }) => seat) },
          }));
        expect(placesOf(inOneGo)).toEqual(placesOf(byItself));
        for (const quota of ['GN', 'TQ', 'LD'] as const) {
          const [a, b] = [await one.pool(quota), await other.pool(quota)];
          const free = (pool: typeof a | undefined) =>
            pool && { ...pool, version: 0, sharing: pool.sharing.length, waiting: pool.waiting.length };
          expect(free(b)).toEqual(free(a));
        }
        const told = (rail: Rail) =>
          rail
            .told()
            .map(({ type }) => type)
            .sort();
        expect(told(other)).toEqual(told(one));
      }),
      { numRuns: 60 },
    );
  });

  it('reads and writes once for all of them', async () => {
    const rail = await openRail([smallPool([1, 2, 4])]);
    const ids = await askedOf(rail, parties(1, 1, 2));
    const before = (await rail.pool()).version;
    await together(rail, ids);
    expect((await rail.pool()).version).toBe(before + 1);
  });

  it('opens pools with their first bookings, and notes once when the chart is due', async () => {
    const rail = await openRail([], TATKAL);
    const [first] = parties(1);
    const ids = await askedOf(rail, [
      { party: [rahul] },
      { party: [priya], quota: 'LD' },
      { party: first?.party ?? [], quota: 'TQ' },
    ]);
    const all = await together(rail, ids);
    expect(all.map(({ state }) => state)).toEqual(ids.map(() => 'PAYMENT_PENDING'));
    expect(await rail.store.get(runKey('12951', DATE))).toMatchObject({ train: '12951', date: DATE });
  });

  it('leaves alone what is allocated, and changes nothing when it comes again', async () => {
    const rail = await openRail([smallPool([1, 2, 4])]);
    const ids = await askedOf(rail, parties(1, 1));
    const first = await rail.allocate(ids[0] as BookingId);
    const [same, second] = await together(rail, ids);
    expect(same).toEqual(first);
    expect(second?.state).toBe('PAYMENT_PENDING');
    const told = rail.told().length;
    expect(await together(rail, ids)).toEqual([same, second]);
    expect(rail.told()).toHaveLength(told);
  });

  it('tries again when others are faster, and gives nobody a berth twice', async () => {
    const rail = await openRail([smallPool([1, 2, 4, 5], { mayWait: 4 })]);
    const ids = await askedOf(rail, parties(1, 1, 1, 1));
    await Promise.all([together(rail, ids.slice(0, 2)), together(rail, ids.slice(2))]);
    const berths = await Promise.all(ids.map(async (id) => (await rail.booking(id)).passengers[0]?.seat));
    expect(new Set(berths.map((seat) => seat?.status === 'CNF' && seat.berth)).size).toBe(4);
  });

  it('gives nobody anything where one of them is none', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const [id = 'none' as BookingId] = await askedOf(rail, parties(1));
    const { pool } = { pool: poolOf(await rail.booking(id)) };
    const requests = [id, 'booking_x' as BookingId].map((booking) => ({ data: { booking, pool } }));
    await expect(allocateTogether(rail.ports)(requests)).rejects.toThrow(NotFoundError);
    expect((await rail.booking(id)).state).toBe('INITIATED');
  });
});
