/** What is told of a booking that has just been decided on. */
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import { events, type NoticeKind } from '../contract.events.ts';
import type { Mover } from '../contract.views.ts';
import { type Booking, poolOf } from './booking.ts';
import type { Pool } from './pool.ts';
import { markOf, standingOf } from './standing.ts';

/** In whose name it is told: the booking's own, so that one trace tells its whole story. */
const aboutOf = ({ id, version, correlationId, traceparent }: Booking) => ({
  ...{ subject: id, sequence: version, correlationId },
  ...(traceparent ? { traceparent } : {}),
});
const idsOf = (booking: Booking) => ({ booking: booking.id, pool: poolOf(booking) });

/** One train, date and class is one line: who asks first is allocated first. */
const lineOf = ({ train, date, cls }: Booking): string => `${train}.${date}.${cls}`;

/** That it was asked for: in its line, and to the city. */
export const toldRequested = (booking: Booking): OutgoingEvent[] => [
  events.requested.of({ ...aboutOf(booking), data: idsOf(booking), partitionKey: lineOf(booking) }),
  moved(booking, { pool: undefined }),
];

/**
 * What has become of a booking: how it stands now, and what is to be done about its money.
 * @param pool as it is to be, for places on its lists; without it, the numbers that were given out are told
 */
export const toldOf = (before: Booking, after: Booking, pool: Pool | undefined): OutgoingEvent[] => [
  ...toldMoved(before, after, pool),
  ...(before.state !== after.state && after.state === 'PAYMENT_PENDING'
    ? [events.paymentWanted.of({ ...aboutOf(after), data: { booking: after.id } })]
    : []),
  ...after.refunds
    .slice(before.refunds.length)
    .map(({ number }) =>
      events.refundWanted.of({ ...aboutOf(after), data: { booking: after.id, refund: number } }),
    ),
];

const toldMoved = (before: Booking, after: Booking, pool: Pool | undefined): OutgoingEvent[] => {
  const follows = markOf(before);
  if (follows === markOf(after)) return [];
  return [
    moved(after, { pool, follows, by: before.state === after.state ? undefined : after.moves.at(-1)?.by }),
  ];
};

interface Moving {
  readonly pool: Pool | undefined;
  readonly follows?: string;
  readonly by?: Mover | undefined;
}

const moved = (booking: Booking, { pool, follows, by }: Moving): OutgoingEvent => {
  const { customer, departure, reason } = booking;
  return events.moved.of({
    ...aboutOf(booking),
    data: {
      ...{ ...idsOf(booking), customer, departure, ...standingOf(booking, pool), mark: markOf(booking) },
      ...(follows === undefined ? {} : { follows }),
      ...(by === undefined ? {} : { by }),
      ...(reason === undefined ? {} : { reason }),
    },
  });
};

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
