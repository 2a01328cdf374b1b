import { dueIndex, dueOf } from '../../../shared/effects/due.ts';
import type { Item, Key } from '../../../shared/effects/index.ts';
import type { Booking } from '../domain/booking.ts';
import type { Notice } from '../domain/noticing.ts';
import type { Pool } from '../domain/pool.ts';

// Keys and index attributes of the table, in one place. They must not be written anywhere else.

export const bookingKey = (id: string): Key => ({ pk: `BOOKING#${id}`, sk: 'BOOKING' });
export const poolKey = (id: string): Key => ({ pk: `POOL#${id}`, sk: 'POOL' });
export const trainKey = (number: string): Key => ({ pk: `TRAIN#${number}`, sk: 'TRAIN' });
/** A train on a day, from its first booking on: what the chart is due by. */
export const runKey = (train: string, date: string): Key => ({ pk: `RUN#${train}.${date}`, sk: 'RUN' });
/** The booking of a PNR, which it is unique by. */
export const pnrKey = (pnr: string): Key => ({ pk: `PNR#${pnr}`, sk: 'PNR' });
/** How many requests of a customer are under way. */
export const inFlightKey = (customer: string): Key => ({ pk: `CUSTOMER#${customer}`, sk: 'IN_FLIGHT' });

/** By what was told, when, and where it went: the same again is the same item. */
export const noticeKey = ({
  booking,
  at,
  event,
  channel,
}: Pick<Notice, 'booking' | 'at' | 'event' | 'channel'>): Key => ({
  pk: `BOOKING#${booking}`,
  sk: `${at}#${event}#${channel}`,
});

/** The indexes of the table beside those of every table of effects. */
export const INDEXES = {
  byCustomer: { pk: 'customerPk', sk: 'customerSk' },
  /** Bookings of a train, date and class: the chart. */
  byClass: { pk: 'classPk', sk: 'classSk' },
  /** Bookings, pools and runs to which time does something, by when. */
  ...dueIndex,
  trains: { pk: 'trainsPk', sk: 'trainsSk' },
} as const;

export const customerPk = (customer: string): string => `CUSTOMER#${customer}`;
export const classPk = (train: string, date: string, cls: string): string => `CLASS#${train}.${date}.${cls}`;
export const TRAINS = 'TRAINS';

export const bookingIndexes = (booking: Booking): Item => {
  const { id, customer, requestedAt, train, date, cls, holdUntil, state, refunds } = booking;
  const at = `${requestedAt}#${id}`;
  const waits = state === 'INITIATED' || state === 'PAYMENT_PENDING';
  const owed = refunds.find((refund) => refund.state === 'due');
  return {
    ...{ customerPk: customerPk(customer), customerSk: at },
    ...(state === 'INITIATED' || state === 'FAILED'
      ? {}
      : { classPk: classPk(train, date, cls), classSk: at }),
    ...dueOf(id, waits ? holdUntil : owed && later(owed.at)),
  };
};

/** The sweep asks for a refund again that the queue should have brought home long since. */
const REFUND_LATE_MS = 120_000;
const later = (at: string): string => new Date(Date.parse(at) + REFUND_LATE_MS).toISOString();

export const poolIndexes = ({ id, dueSince }: Pool): Item => dueOf(id, dueSince);
