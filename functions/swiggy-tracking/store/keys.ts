/**
 * Where things lie in the table of logs:
 *
 * | Item | pk | sk |
 * |---|---|---|
 * | an order as tracking knows it | `ORDER#<order>` | `ORDER` |
 * | a booking as tracking knows it | `BOOKING#<booking>` | `BOOKING` |
 * | an item of the log of one of them | `LOG#<its id>` | its sequence, eight digits |
 * | an event that has come too early | `HELD#<its id>` | its sequence and id |
 * | where the rider is | `POSITION#<order>` | `POSITION` |
 * | where the order begins and ends | `PLACES#<order>` | `PLACES` |
 * | a rider | `RIDER#<rider>` | `RIDER` |
 * | how much a sender has written in a window | `RATE#<subject>` | the window |
 *
 * and in that of connections:
 *
 * | Item | pk | sk |
 * |---|---|---|
 * | a connection, and which orders and bookings it follows | `CONNECTION#<connection>` | `CONNECTION` |
 * | who follows one of them | `AUDIENCE#<its id>` | `AUDIENCE` |
 */
import type { Item, Key } from '../../../shared/effects/index.ts';
import { shardOf } from '../../../shared/effects/shard.ts';
import { hasEnded, type TrackedOrder } from '../domain/tracked.ts';

const key = (kind: string, id: string): Key => ({ pk: `${kind}#${id}`, sk: kind });

export const orderKey = (order: string): Key => key('ORDER', order);
export const bookingKey = (booking: string): Key => key('BOOKING', booking);
export const positionKey = (order: string): Key => key('POSITION', order);
export const placesKey = (order: string): Key => key('PLACES', order);
export const riderKey = (rider: string): Key => key('RIDER', rider);
export const connectionKey = (connection: string): Key => key('CONNECTION', connection);
export const audienceKey = (id: string): Key => key('AUDIENCE', id);
export const rateKey = (subject: string, window: string): Key => ({ pk: `RATE#${subject}`, sk: window });

/** How many partitions share what is listed for the whole city. */
export const SHARDS = 4;

/** The index of the table of logs beside those of every table of effects. */
export const INDEXES = {
  /** Orders that somebody brings. */
  ridden: { pk: 'riddenPk', sk: 'riddenSk' },
} as const;

export const riddenPk = (shard: number): string => `RIDDEN#${shard}`;

/** Where a list looks: an order that nobody brings has no attribute of it. Ids sort as their orders were placed. */
export const orderIndexes = (order: Omit<TrackedOrder, 'head'>): Item =>
  order.rider === undefined || hasEnded(order)
    ? {}
    : { riddenPk: riddenPk(shardOf(order.id, SHARDS)), riddenSk: order.id };

export const heldPartition = (id: string): string => `HELD#${id}`;
export const heldKey = (id: string, sequence: number, event: string): Key => ({
  pk: heldPartition(id),
  sk: `${padded(sequence)}#${event}`,
});

/** As texts sequences sort as they count: an order of a hundred million items is none. */
const padded = (sequence: number): string => String(sequence).padStart(8, '0');
export const itemKey = (id: string, sequence: number): Key => ({
  pk: `LOG#${id}`,
  sk: padded(sequence),
});
