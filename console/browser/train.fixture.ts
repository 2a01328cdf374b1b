/** A special train of the city under test that fills, and people who wait for it: for tests and pictures of its chart. */
import type { BookingView, ChartView, JourneyDate } from '../../functions/irctc-booking/contract.ts';
import { castOf } from '../../localstack/story/cast.ts';
import { book, bookingIn, type Traveller, traveller } from '../../localstack/story/irctc-booking.ts';
import type { Stage } from '../../localstack/story/stage.ts';
import { dayFromNow, publishSpecial, railAs, specialNumber } from '../../localstack/story/trains.ts';
import { waitFor } from '../../shared/testing/index.ts';

const CLASS = '3A';
const NAMES = ['rahul', 'priya', 'amit', 'kavita'];

/** One coach of 3A: 38 berths in the general quota, four that two share, and a list of those who wait. */
export const specialIn = async (stage: Stage, run: string) => {
  const cast = castOf(stage, run);
  const operator = railAs(stage, stage.operator);
  const journey = {
    train: await publishSpecial(stage, { number: specialNumber(run) }),
    date: dayFromNow(7) as JourneyDate,
  };
  const payers = await Promise.all(NAMES.map((name) => cast.person(name, { wallet: 9_000 })));
  const travellers = await Promise.all(payers.map((payer) => traveller(stage, run, payer)));
  const { train, date } = journey;
  const asks = async (who: Traveller, key: string, people: number) => {
    const { id } = await book(who, journey, { key: `${run}.${key}`, people });
    return { who, id };
  };
  const settled = ({ who, id }: Awaited<ReturnType<typeof asks>>): Promise<BookingView> =>
    bookingIn(who, id, 'CONFIRMED', 'RAC', 'WAITLISTED');
  const chart = async (): Promise<ChartView> =>
    (await operator.getChart({ path: { train, date }, query: { class: CLASS } })).body;
  return {
    ...journey,
    hash: `/chart?train=${train}&date=${date}&class=${CLASS}`,
    /** Waits until the chart of the train is so. */
    becomes: (what: string, isSo: (view: ChartView) => boolean) =>
      waitFor(async () => isSo(await chart()), { what, timeoutMs: 60_000, everyMs: 500 }),
    /** One of them books for so many people, and pays. */
    books: async (nth: number, key: string, people: number) =>
      settled(await asks(travellers[nth] as Traveller, key, people)),
    /** Each of them books twice for six. @returns the first of all of these bookings */
    fill: async () => {
      const asked: Awaited<ReturnType<typeof asks>>[] = [];
      for (const round of [1, 2])
        for (const [nth, who] of travellers.entries()) asked.push(await asks(who, `${round}.${nth}`, 6));
      const [first] = await Promise.all(asked.map(settled));
      return first as BookingView;
    },
    /** The first of them takes passengers off a booking, all where none are named. */
    cancels: async ({ id }: Pick<BookingView, 'id'>, passengers?: number[]) => {
      await (travellers[0] as Traveller).doors.cancelBooking({
        path: { bookingId: id },
        idempotencyKey: `${run}.cancel.${passengers?.join('-') ?? 'all'}`,
        body: passengers === undefined ? {} : { passengers },
      });
    },
    /** The operator has the chart made now. */
    charts: () => operator.requestChart({ path: { train, date }, idempotencyKey: `${run}.chart` }),
  };
};
