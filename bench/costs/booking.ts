/** What a ticket, a cancellation and a look ask of AWS, in the running city. */
import { randomUUID } from 'node:crypto';
import { bindings, exchanges } from '../../functions/irctc-booking/contract.topology.ts';
import type { BookingView, JourneyDate } from '../../functions/irctc-booking/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { tableOf } from '../../localstack/e2e/table.ts';
import { castOf } from '../../localstack/story/cast.ts';
import { book, traveller } from '../../localstack/story/irctc-booking.ts';
import { openStage } from '../../localstack/story/stage.ts';
import { dayFromNow, publishSpecial, specialNumber } from '../../localstack/story/trains.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { doorCalls, type MeasuredRun } from './acts.ts';
import type { Ways } from './logs.ts';
import type { ActUse } from './measured.ts';
import { type Counted, functionsOf, throughDoors } from './through.ts';

const SYSTEM = 'irctc-booking';
/** What runs each minute whatever is booked, what describes the doors, and what nobody asks here. */
const NOT_OF_A_BOOKING = /-(sweep|sweep-outbox|openapi|health|publish-train|get-booking|prepare-chart)$/;
/** Each does so much a minute: ten requests and ten cancellations. */
const PEOPLE = 4;
/** Rupees. */
const PURSE = 25_000;
const PARTY = 6;
/** Of such parties one coach is full: 38 berths, eight who share, and 24 who wait. */
const PARTIES_OF_A_COACH = [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 4];
/** In the first six of them everybody has a berth. */
const WHOLE = 6;
/** A step that promotes somebody may be followed by another. */
const STEPPED_MS = 60_000;

/** Where what is told goes, as the contract has it; the rest goes to the bus. */
const WAYS: Ways = {
  to(type) {
    const exchange = Object.values(exchanges).find(({ types }) =>
      (types as readonly string[]).includes(type),
    );
    if (!exchange) return 'bus';
    return exchange.fifo ? 'fifoTopic' : 'topic';
  },
  inOrder: bindings
    .filter(({ exchange }) => exchanges[exchange].fifo)
    .map(({ consumer }) => `${SYSTEM}-${consumer}`),
};

export const measureBookings = async (city: CityFile, times: number): Promise<MeasuredRun> => {
  const functions = functionsOf(city, SYSTEM).filter((name) => !NOT_OF_A_BOOKING.test(name));
  const { found, memory } = await throughDoors(
    city,
    functions,
    async (counting) => {
      const { sells, full, look } = await scene(city);
      // One of each before: starting a worker is not what is measured.
      const first = await sells(0);
      await look(0, first);
      const cancels = await full();
      await cancels(0);
      const used = async (counted: Counted<unknown>): Promise<ActUse> => {
        const requests = (await doorCalls(city, SYSTEM, functions, counted.from)) / times;
        const { use, traces } = counted;
        return { act: { ...use, requests, socketMessages: 0, connectionMinutes: 0 }, traces };
      };
      const ticket = await used(await counting(times, (nth) => sells(nth + 1)));
      const cancelled = await used(await counting(times, (nth) => cancels(nth + 1)));
      const looked = await used(await counting(times, (nth) => look(nth + 1, first)));
      return { ticket, cancelled, look: looked };
    },
    WAYS,
  );
  return { kinds: found, memory };
};

/** People who book, and two trains: one with room for all, and one that is full. */
const scene = async (city: CityFile) => {
  const stage = openStage(city);
  const run = randomUUID().slice(0, 8);
  const cast = castOf(stage, run);
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, n) =>
      traveller(stage, run, await cast.person(`p${n}`, { wallet: PURSE })),
    ),
  );
  const whoOf = (nth: number) => {
    const who = people[nth % PEOPLE];
    if (!who) throw new RangeError(`there is nobody who books the ${nth}th`);
    return who;
  };
  const date = dayFromNow(7) as JourneyDate;
  const trainOf = async (coaches: readonly string[], salt: string) =>
    publishSpecial(stage, {
      number: specialNumber(`${run.slice(0, 4)}${salt}`),
      coaches: { '3A': [...coaches] },
    });
  const roomy = await trainOf(['B1', 'B2'], 'a0');
  const small = await trainOf(['B1'], 'b0');
  // Behind the doors: a look would be a part of the bill.
  const { under } = tableOf(city, SYSTEM, 'BookingsName');
  const until = (id: string, what: string, is: (row: Record<string, unknown>) => boolean) =>
    waitFor(
      async (seen) => {
        const row = (await under(`BOOKING#${id}`)).find(({ sk }) => sk === 'BOOKING');
        seen(String(row?.state));
        return row && is(row) && row;
      },
      { what: `${id} to be ${what}`, timeoutMs: 180_000, everyMs: 300 },
    );
  const ticketed = async (nth: number, train: typeof roomy, party: number): Promise<BookingView> => {
    const key = `${run}.${train}.${nth}`;
    const booking = await book(whoOf(nth), { train, date }, { key, people: party });
    const { pnr } = await until(booking.id, 'a ticket', (row) => row.pnr !== undefined);
    return { ...booking, pnr: pnr as never };
  };
  return {
    /** Two travel: their request becomes a ticket. */
    sells: (nth: number) => ticketed(nth, roomy, 2),
    /** Somebody looks what is left of a train, and then how a ticket stands. */
    async look(nth: number, { pnr }: BookingView) {
      const { doors } = whoOf(nth);
      await doors.getAvailability({ path: { train: roomy }, query: { date, class: '3A', quota: 'GN' } });
      await doors.getPnr({ path: { pnr: pnr as never }, query: { phone: '+919876543210' as never } });
    },
    /** Fills a train; one of a party after the other stays at home then. */
    async full() {
      const tickets: BookingView[] = [];
      for (const [nth, party] of PARTIES_OF_A_COACH.entries())
        tickets.push(await ticketed(nth, small, party));
      return async (nth: number) => {
        const ticket = tickets[nth % WHOLE];
        if (!ticket) throw new RangeError(`there is no ${nth}th ticket`);
        const passenger = 1 + Math.floor(nth / WHOLE);
        if (passenger > PARTY) throw new RangeError('nobody is left who could stay at home');
        const path = { bookingId: ticket.id };
        await whoOf(nth % WHOLE).doors.cancelBooking({
          ...{ path, idempotencyKey: `${run}.cancel.${nth}`, body: { passengers: [passenger] } },
        });
        await until(ticket.id, 'refunded', ({ refunds }) => {
          const states = (refunds as { readonly state: string }[]).map(({ state }) => state);
          return states.length === passenger && states.every((state) => state === 'done');
        });
        await waitFor(
          async () => {
            const [pool] = await under(`POOL#${small}.${date}.3A.GN`);
            return pool?.dueSince === undefined;
          },
          { what: 'all to be promoted who can be', timeoutMs: STEPPED_MS, everyMs: 300 },
        );
      };
    },
  };
};
