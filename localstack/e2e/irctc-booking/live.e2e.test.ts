import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookingId, JourneyDate, TrainNumber } from '../../../functions/irctc-booking/contract.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import { book, bookingIn, type Traveller, traveller } from '../../story/irctc-booking.ts';
import { bookingFollower, trackingAs } from '../../story/live.ts';
import { dayFromNow, publishSpecial, specialNumber } from '../../story/trains.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';

const { cast, city, differences, run, stage } = openCity();
const queues = queuesOf(city);
const date = dayFromNow(8) as JourneyDate;
/** Eight parties of six: 38 people have a berth, eight share four, and the last two wait. */
const PARTIES = 8;

let train: TrainNumber;
let travellers: readonly Traveller[];
const followers: ReturnType<typeof bookingFollower>[] = [];
const followerOf = (subject: string) => {
  const made = bookingFollower(stage, stage.subject(subject, 'customer'));
  followers.push(made);
  return made;
};

beforeAll(async () => {
  train = await publishSpecial(stage, { number: specialNumber(`${run.slice(1)}cd`) });
  const payers = await Promise.all(
    Array.from({ length: PARTIES / 2 }, (_, n) => cast.person(`live_${n}`, { wallet: 9_000 })),
  );
  travellers = await Promise.all(payers.map((payer) => traveller(stage, run, payer)));
});
afterAll(async () => {
  for (const { tracking } of followers) tracking.close();
  expect(await differences()).toEqual([]);
});

describe('a booking that is followed over the socket', () => {
  const asked: { readonly who: Traveller; readonly id: BookingId }[] = [];
  const nth = (n: number) => asked.at(n) as (typeof asked)[number];
  const asks = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) {
      const who = travellers[n % travellers.length] as Traveller;
      asked.push({ who, id: (await book(who, { train, date }, { key: `${run}.live.${n}` })).id });
    }
  };
  const cancels = ({ who, id }: (typeof asked)[number]) =>
    who.doors.cancelBooking({ path: { bookingId: id }, idempotencyKey: `${run}.live.${id}`, body: {} });
  const whole = (length: number) => Array.from({ length }, (_, n) => n + 1);
  let first: ReturnType<typeof followerOf>;
  let last: ReturnType<typeof followerOf>;

  it('is told from the request to CONFIRMED, as its own door has it', { timeout: 180_000 }, async () => {
    await asks(0, 1);
    const { who, id } = nth(0);
    first = followerOf(who.payer.id);
    await first.knows(id);
    first.follow(id);
    await first.hasState('CONFIRMED');
    expect(first.items.map(({ state }) => state)).toEqual(['INITIATED', 'PAYMENT_PENDING', 'CONFIRMED']);
    expect(first.items.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    const { passengers } = await bookingIn(who, id, 'CONFIRMED');
    expect(first.items.at(-1)?.passengers).toEqual(
      passengers.map(({ number, now, coach, berth }) => ({
        ...{ passenger: number, status: now, berth: `${coach}-${berth}` },
      })),
    );
    expect(JSON.stringify(first.items)).not.toMatch(/Sharma|Rahul|9876543210/);
  });

  it('is nobody else’s: a stranger hears of none, and an operator of each', { timeout: 60_000 }, async () => {
    const { id } = nth(0);
    const stranger = followerOf(newId('customer', uuidV7));
    const notThere = followerOf(newId('customer', uuidV7));
    stranger.follow(id);
    notThere.follow(newId('booking', uuidV7) as BookingId);
    await stranger.has('a refusal', () => stranger.refused.length + notThere.refused.length === 2);
    expect([...stranger.refused, ...notThere.refused]).toEqual(['NotFoundError', 'NotFoundError']);
    await expect(stranger.doors.readBookingLog({ path: { bookingId: id }, query: {} })).rejects.toMatchObject(
      { name: 'NotFoundError' },
    );
    const { body } = await trackingAs(stage, stage.operator).readBookingLog({
      ...{ path: { bookingId: id }, query: { from: 2 } },
    });
    expect(body).toMatchObject({ state: 'CONFIRMED', items: [{ sequence: 3 }] });
  });

  it('goes from WAITLISTED to RAC to CONFIRMED by what others cancel, over a connection that is cut', {
    timeout: 400_000,
  }, async () => {
    await bookingIn(nth(0).who, nth(0).id, 'CONFIRMED');
    for (let n = 1; n < PARTIES; n += 1) {
      await asks(n, n + 1);
      await bookingIn(nth(n).who, nth(n).id, 'CONFIRMED', 'RAC', 'WAITLISTED');
    }
    const { who, id } = nth(-1);
    last = followerOf(who.payer.id);
    await last.knows(id);
    last.follow(id);
    await last.hasState('WAITLISTED');

    // It is told while there is no connection, and asked for over the next one.
    last.cut();
    await cancels(nth(1));
    await last.hasState('RAC');
    await last.has('a connection again', () => last.opened() > 1);
    last.cut();
    await cancels(nth(2));
    await last.hasState('CONFIRMED');
    await bookingIn(who, id, 'CONFIRMED');

    const { body } = await last.doors.readBookingLog({ path: { bookingId: id }, query: {} });
    expect(last.items.map(({ sequence }) => sequence)).toEqual(whole(body.head));
    expect(last.items).toEqual(body.items);
    const states = last.items.map(({ state }) => state);
    expect(states.filter((state, n) => state !== states[n - 1])).toEqual([
      ...['INITIATED', 'PAYMENT_PENDING', 'WAITLISTED', 'RAC', 'CONFIRMED'],
    ]);
    const versions = last.items.map(({ version }) => version);
    expect(versions).toEqual(versions.toSorted((one, other) => one - other));
    // Whoever was there before has heard nothing of it.
    expect(first.items).toHaveLength(3);
  });

  it('waits for what comes by long poll, and leaves no letter behind', { timeout: 120_000 }, async () => {
    const { who, id } = nth(0);
    const waiting = first.doors.readBookingLog({ path: { bookingId: id }, query: { from: 3, wait: 20 } });
    await cancels(nth(0));
    expect((await waiting).body.items).toMatchObject([{ sequence: 4, state: 'CANCELLED', by: 'customer' }]);
    await first.hasState('CANCELLED');
    await bookingIn(who, id, 'CANCELLED');
    const names = ['parking', 'follow-bookings-dead', 'fan-out-dead'];
    const letters = await Promise.all(names.map((name) => queues.look(`swiggy-tracking-${name}`)));
    expect(letters.flat().filter((letter) => asked.some((one) => letter.includes(one.id)))).toEqual([]);
  });
});
