/** The line of railway booking: requests that were admitted, of customers who can pay. */
import { randomUUID } from 'node:crypto';
import type { RequestBooking } from '../../functions/irctc-booking/contract.bookings.ts';
import { exchanges } from '../../functions/irctc-booking/contract.topology.ts';
import type { BookingView } from '../../functions/irctc-booking/contract.ts';
import { admissionOn } from '../../functions/irctc-booking/rush/admitted.fixture.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { ACCOUNT } from '../../localstack/cloud/environment.ts';
import { castOf } from '../../localstack/story/cast.ts';
import { traveller } from '../../localstack/story/irctc-booking.ts';
import type { Stage } from '../../localstack/story/stage.ts';
import { dayFromNow, publishSpecial, specialNumber } from '../../localstack/story/trains.ts';
import { documentClient } from '../../shared/aws/index.ts';
import { together } from '../../shared/testing/together.ts';
import type { Found, Line } from './line.ts';
import { type Asked, customersFor } from './plan.ts';

/** Rupees in each wallet: enough for every round. */
const PURSE = 9_000;
const AT_ONCE = 4;
const KILOMETRES = 20;
/** Tickets are sold sixty days before; a line is a day of the train. */
const FIRST_DAY = 7;

const PASSENGER = { name: 'Rahul Sharma', age: 32, gender: 'M' } as const;

/** A booking has its places, or was refused. */
export const hasPlaces = (found: Found | undefined): boolean =>
  found !== undefined && found.state !== 'INITIATED';
export const hasEnded = (found: Found | undefined): boolean =>
  hasPlaces(found) && found?.state !== 'PAYMENT_PENDING';
export const hasTicket = (found: Found | undefined): boolean =>
  TICKETS.includes(found?.state as BookingView['state']);

const TICKETS: readonly BookingView['state'][] = ['CONFIRMED', 'RAC', 'WAITLISTED'];

/** Somebody who can pay for what they book. */
export interface Customer {
  readonly id: string;
  /** Their consent. */
  readonly link: string;
}

/** Customers who never were there before. @param requests of a round */
export const customersIn = (stage: Stage, requests: number): Promise<readonly Customer[]> => {
  const run = randomUUID().slice(0, 8);
  const cast = castOf(stage, run);
  return together(customersFor(requests), AT_ONCE, async (n) => {
    const payer = await cast.person(`p${n}`, { wallet: PURSE });
    return { id: payer.id, link: (await traveller(stage, run, payer)).link };
  });
};

export const ourLine = (city: CityFile, stage: Stage, customers: readonly Customer[]): Line => {
  const run = randomUUID().slice(0, 4);
  const table = city.systems['irctc-booking']?.outputs.BookingsName ?? '';
  const admit = admissionOn({ client: documentClient(), table });
  return {
    ...{ table, isDone: hasPlaces },
    topicArn: `arn:aws:sns:${city.region}:${ACCOUNT}:irctc-booking-${exchanges.requests.name}.fifo`,
    async filling(plan, round) {
      const number = specialNumber(`${run}${(round + 16).toString(16)}`);
      // A merchant takes only so much a day, and short ways are cheap.
      const train = await publishSpecial(stage, { number, kilometres: KILOMETRES });
      const admitted = ({ line, customer, people: travel }: Asked) => {
        const who = customers[customer];
        if (!who) throw new RangeError(`there is no customer ${customer}`);
        const body = {
          ...{ train, date: dayFromNow(FIRST_DAY + line), class: '3A', quota: 'GN' },
          ...{ phone: '+919876543210', email: 'rahul@example.in' },
          passengers: Array.from({ length: travel }, () => PASSENGER),
          payment: { method: 'wallet', link: who.link },
        } as unknown as RequestBooking;
        return admit(who.id, body);
      };
      const all = await together(plan.length, AT_ONCE, (n) => admitted(plan[n] as Asked));
      return { events: all.map(({ event }) => event), items: all.map(({ key }) => key) };
    },
  };
};
