/** What is told of a booking that has just been decided on. */
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import { events, type NoticeKind } from '../contract.events.ts';
import type { Seat } from '../contract.views.ts';
import { type Booking, type Moved, poolOf } from './booking.ts';
import type { Pool } from './pool.ts';

/** In whose name it is told: the booking's own, so that one trace tells its whole story. */
const aboutOf = ({ id, version, correlationId, traceparent }: Booking) => ({
  ...{ subject: id, sequence: version, correlationId },
  ...(traceparent ? { traceparent } : {}),
});
const idsOf = (booking: Booking) => ({ booking: booking.id, pool: poolOf(booking) });

/** One train, date and class is one line: who asks first is allocated first. */
const lineOf = ({ train, date, cls }: Booking): string => `${train}.${date}.${cls}`;

export const toldRequested = (booking: Booking): OutgoingEvent[] => [
  events.requested.of({ ...aboutOf(booking), data: idsOf(booking), partitionKey: lineOf(booking) }),
];

/** What has become of a booking: where it moved, who sits where, and what is to be done about its money. */
export const toldOf = (before: Booking, after: Booking): OutgoingEvent[] => [
  ...(before.state === after.state ? [] : toldMoved(before, after)),
  ...toldSeated(before, after),
  ...after.refunds
    .slice(before.refunds.length)
    .map(({ number }) =>
      events.refundWanted.of({ ...aboutOf(after), data: { booking: after.id, refund: number } }),
    ),
];

const toldMoved = (before: Booking, after: Booking): OutgoingEvent[] => {
  const { by, at } = after.moves.at(-1) as Moved;
  return [
    events.moved.of({
      ...aboutOf(after),
      data: {
        ...idsOf(after),
        ...{ from: before.state, to: after.state, by, at },
        ...(after.reason === undefined ? {} : { reason: after.reason }),
      },
    }),
    ...(after.state === 'PAYMENT_PENDING'
      ? [events.paymentWanted.of({ ...aboutOf(after), data: { booking: after.id } })]
      : []),
  ];
};

const toldSeated = (before: Booking, after: Booking): OutgoingEvent[] => {
  const had = new Map(before.passengers.map(({ number, seat }) => [number, seat]));
  const passengers = after.passengers.flatMap(({ number, seat }) =>
    seat !== undefined && !isSameSeat(seat, had.get(number)) ? [{ passenger: number, seat }] : [],
  );
  return passengers.length === 0
    ? []
    : [events.seated.of({ ...aboutOf(after), data: { ...idsOf(after), passengers } })];
};

const isSameSeat = (one: Seat, other: Seat | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A notice to whoever booked. */
export const notice = (booking: Booking, kind: NoticeKind): OutgoingEvent =>
  events.noticeWanted.of({ ...aboutOf(booking), data: { booking: booking.id, kind } });

/** A chart is to be made before its time. */
export const toldChartDue = (
  { train, date }: Pick<Pool, 'train' | 'date'>,
  {
    correlationId,
    traceparent,
  }: Pick<Booking, 'correlationId'> & { readonly traceparent?: string | undefined },
): OutgoingEvent[] => [
  events.chartDue.of({ subject: `${train}.${date}`, correlationId, traceparent, data: { train, date } }),
];

/** A pool has a step to do that nobody waits for; told in the name of whoever made it so. */
export const toldDue = (
  { id, version, dueSince }: Pool,
  { correlationId, traceparent }: Pick<Booking, 'correlationId' | 'traceparent'>,
): OutgoingEvent[] =>
  dueSince === undefined
    ? []
    : [
        events.promotionDue.of({
          ...{ subject: id, sequence: version, correlationId },
          ...(traceparent ? { traceparent } : {}),
          data: { pool: id, since: dueSince },
        }),
      ];
