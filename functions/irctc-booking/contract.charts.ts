/** The doors of charts: who sits where on a train that day. */
import * as z from 'zod';
import { defineRoute, pagingOf } from '../../shared/http/index.ts';
import {
  BerthKind,
  ClassCode,
  Gender,
  JourneyDate,
  KnownDate,
  PnrNumber,
  Quota,
  TrainNumber,
} from './contract.codes.ts';
import { BookingId, RacSeat } from './contract.views.ts';

/** Whose place it is. */
export const Occupant = z.object({
  booking: BookingId,
  /** Missing as long as it is not paid. */
  pnr: PnrNumber.optional(),
  /** The how-manieth of the booking. */
  passenger: z.int().min(1),
  /** As much of it as tells people of one booking apart: `R*** S***`. */
  name: z.string(),
  age: z.int(),
  gender: Gender,
});
export type Occupant = z.infer<typeof Occupant>;

/** `held`: somebody is paying it. `taken` without an occupant: theirs is on another page. */
export const PlaceState = z.enum(['free', 'held', 'taken']);
const place = { state: PlaceState, by: Occupant.optional() };

const BerthOnChart = z.object({
  number: z.int().min(1),
  kind: BerthKind,
  /** The how-manieth bay, cabin or row from the coach's first door, from 1. */
  bay: z.int().min(1),
  /** By which it is sold, or was when the sale opened. */
  quota: Quota,
  ...place,
  /** Of a side-lower berth that two share; its own state is then that of both together. */
  halves: z.array(z.object({ half: z.enum(['a', 'b']), ...place })).optional(),
});
export type BerthOnChart = z.infer<typeof BerthOnChart>;

/** Somebody on a list. The place is where they stand now, from 1; the number what they were sold. */
const EntryOnChart = z.object({
  place: z.int(),
  number: z.int(),
  booking: BookingId,
  passenger: z.int(),
  gender: Gender,
});
export type EntryOnChart = z.infer<typeof EntryOnChart>;

const ListOnChart = z.object({
  quota: Quota,
  state: z.enum(['open', 'closing', 'charted']),
  free: z.int(),
  /** How many share a berth. */
  rac: z.int(),
  /** The first of those, as they get a whole berth. */
  sharing: z.array(EntryOnChart.extend({ seat: RacSeat })),
  waiting: z.object({
    length: z.int(),
    most: z.int(),
    /** The first of them. */
    first: z.array(EntryOnChart),
  }),
});
export type ListOnChart = z.infer<typeof ListOnChart>;

export const ChartView = z.object({
  train: TrainNumber,
  date: JourneyDate,
  class: ClassCode,
  departure: z.iso.datetime(),
  /** When it is made by itself. */
  chartAt: z.iso.datetime(),
  coaches: z.array(z.object({ coach: z.string(), berths: z.array(BerthOnChart) })),
  /** One for each quota. */
  lists: z.array(ListOnChart),
  /** There where bookings were not read: with it the same berths come with their occupants. */
  next: z.string().optional(),
});
export type ChartView = z.infer<typeof ChartView>;

const one = { path: z.object({ train: TrainNumber, date: KnownDate }) };

export const chartRoutes = {
  getChart: defineRoute({
    name: 'get-chart',
    method: 'GET',
    path: '/trains/{train}/charts/{date}',
    summary:
      'Each berth of a class on a day, and who waits for one; who sits there is read from so many bookings at a time.',
    access: { roles: ['operator'] },
    request: { ...one, query: z.object({ class: ClassCode, ...pagingOf({ most: 200, usual: 200 }) }) },
    answers: { 200: ChartView },
    errors: ['TrainNotRunningError'],
  }),
  requestChart: defineRoute({
    name: 'request-chart',
    method: 'POST',
    path: '/trains/{train}/charts/{date}',
    summary:
      'Has the chart of a train made now, and not when its time comes. The answer is that it is under way; made again, it stays as it is.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: one,
    answers: { 202: z.object({ train: TrainNumber, date: JourneyDate, chartAt: z.iso.datetime() }) },
    errors: ['TrainNotRunningError', 'BookingWindowError'],
  }),
} as const;
