/** A booking: what it is, and how it moves. Who may move it from where stands in one table. */
import { type Paise, paise } from '../../../shared/money/index.ts';
import type {
  ClassCode,
  JourneyDate,
  PassengerIn,
  PnrNumber,
  Quota,
  StationCode,
  TrainNumber,
} from '../contract.codes.ts';
import type {
  BookingId,
  BookingState,
  Mover,
  PaymentMethod,
  PaymentState,
  PoolId,
  RefundReason,
  Seat,
} from '../contract.views.ts';
import type { Fare } from './fare.ts';
import { needsBerth } from './passengers.ts';
import { type GivenBack, poolIdOf } from './pool.ts';
import type { Promotion } from './steps.ts';

export interface Passenger extends PassengerIn {
  /** Counted from 1. */
  readonly number: number;
  /** What was sold. */
  readonly booked?: Seat;
  /** What it has become; nothing where it was given back. */
  readonly seat?: Seat;
  readonly cancelledAt?: string;
}

export interface Refund {
  /** Counted from 1 within the booking: with it the payment saga knows the refund again. */
  readonly number: number;
  readonly amount: Paise;
  readonly reason: RefundReason;
  readonly state: 'due' | 'done';
  /** What the payment saga calls it. */
  readonly id?: string;
  readonly at: string;
}

export interface Moved {
  readonly to: BookingState;
  readonly by: Mover;
  readonly at: string;
}

export interface Booking {
  readonly id: BookingId;
  readonly version: number;
  readonly state: BookingState;
  readonly customer: string;
  /** Where notices go, and by which whoever has the PNR may ask. */
  readonly phone: string;
  readonly email?: string;
  readonly train: TrainNumber;
  readonly from: StationCode;
  readonly to: StationCode;
  readonly date: JourneyDate;
  readonly departure: string;
  readonly cls: ClassCode;
  readonly quota: Quota;
  readonly passengers: readonly Passenger[];
  readonly fare: Fare;
  /** The merchant who is paid, as it was when the request came. */
  readonly paidTo: string;
  readonly payment: {
    readonly method: PaymentMethod;
    readonly state: PaymentState;
    /** The payer's consent. */
    readonly link?: string;
    readonly id?: string;
    readonly approval?: { readonly link: string; readonly expiresAt: string };
    readonly reason?: string;
  };
  readonly refunds: readonly Refund[];
  readonly pnr?: PnrNumber;
  /** Until when its places wait for the money; before that, until when it has to have places. */
  readonly holdUntil?: string;
  readonly attempts: number;
  readonly reason?: string;
  readonly moves: readonly Moved[];
  readonly requestedAt: string;
  readonly correlationId: string;
  readonly traceparent?: string;
}

const TICKETS: readonly BookingState[] = ['CONFIRMED', 'RAC', 'WAITLISTED'];

/** Everything that a booking can do: where to, from where, and by whom alone. */
export const WAYS: { readonly [to in Exclude<BookingState, 'INITIATED'>]: Way } = {
  PAYMENT_PENDING: { from: ['INITIATED'], by: ['allocation'] },
  CONFIRMED: {
    from: ['PAYMENT_PENDING', 'RAC', 'WAITLISTED'],
    by: ['payment', 'promotion', 'customer', 'chart'],
  },
  RAC: { from: ['PAYMENT_PENDING', 'WAITLISTED'], by: ['payment', 'promotion', 'customer', 'chart'] },
  WAITLISTED: { from: ['PAYMENT_PENDING'], by: ['payment'] },
  CANCELLED: { from: ['INITIATED', 'PAYMENT_PENDING', ...TICKETS], by: ['customer', 'chart'] },
  FAILED: {
    from: ['INITIATED', 'PAYMENT_PENDING'],
    by: ['allocation', 'payment', 'clock', 'chart'],
  },
  EXPIRED: { from: ['PAYMENT_PENDING'], by: ['clock'] },
};

interface Way {
  readonly from: readonly BookingState[];
  readonly by: readonly Mover[];
}

export interface By {
  readonly by: Mover;
  readonly at: string;
}

export const isTicket = ({ state }: Pick<Booking, 'state'>): boolean => TICKETS.includes(state);
export const isInFlight = ({ state }: Pick<Booking, 'state'>): boolean =>
  state === 'INITIATED' || state === 'PAYMENT_PENDING';

/** Whether somebody of it shares or waits, so that where they stand is in its pool. */
export const isOnList = ({ passengers }: Pick<Booking, 'passengers'>): boolean =>
  passengers.some(({ seat }) => seat !== undefined && seat.status !== 'CNF');

export const poolOf = ({ train, date, cls, quota }: Booking): PoolId => poolIdOf(train, date, cls, quota);

/** Who needs a place, in the order of the party. */
export const claimants = ({ passengers }: Booking): readonly Passenger[] => passengers.filter(needsBerth);

/** What a booking has of its pool: of all passengers, or of those named. */
export const seatsOf = (
  { id, passengers }: Booking,
  of: readonly number[] = passengers.map(({ number }) => number),
): readonly GivenBack[] =>
  passengers.flatMap(({ number, seat }) =>
    seat !== undefined && of.includes(number) ? [{ booking: id, passenger: number, seat }] : [],
  );

/** Changed in some way, without moving. */
export const changed = (booking: Booking, change: Partial<Booking>): Booking => ({
  ...booking,
  ...change,
  version: booking.version + 1,
});

/** @throws {TypeError} there is no such way: a defect of the caller, who has looked at the state */
const moved = (
  booking: Booking,
  to: keyof typeof WAYS,
  { by, at }: By,
  change: Partial<Booking>,
): Booking => {
  const way = WAYS[to];
  if (!way.from.includes(booking.state) || !way.by.includes(by))
    throw new TypeError(`${booking.id}: no way from ${booking.state} to ${to} by ${by}`);
  return changed(booking, { ...change, state: to, moves: [...booking.moves, { to, by, at }] });
};

/** Has places, until somebody pays. */
export const held = (
  booking: Booking,
  { seats, holdUntil, at }: { seats: readonly Seat[]; holdUntil: string; at: string },
): Booking => {
  const numbers = claimants(booking).map(({ number }) => number);
  const passengers = booking.passengers.map((passenger) => {
    const seat = seats[numbers.indexOf(passenger.number)];
    return seat === undefined ? passenger : { ...passenger, booked: seat, seat };
  });
  return moved(
    booking,
    'PAYMENT_PENDING',
    { by: 'allocation', at },
    {
      ...{ passengers, holdUntil },
      payment: { ...booking.payment, state: 'pending' },
    },
  );
};

/** It came to nothing; its places are free. */
export const failed = (booking: Booking, reason: string, by: By): Booking =>
  moved(booking, 'FAILED', by, { ...givenUp(booking), reason });

export const expired = (booking: Booking, at: string): Booking =>
  moved(booking, 'EXPIRED', { by: 'clock', at }, givenUp(booking));

const givenUp = (booking: Booking): Partial<Booking> => ({
  passengers: booking.passengers.map(withoutSeat),
  payment: withoutApproval(booking.payment),
});

const withoutSeat = ({ seat: _, ...passenger }: Passenger): Passenger => passenger;
const withoutApproval = ({ approval: _, ...payment }: Booking['payment']): Booking['payment'] => payment;

/** What the least of its passengers has. */
export const ticketState = ({
  passengers,
}: Pick<Booking, 'passengers'>): 'CONFIRMED' | 'RAC' | 'WAITLISTED' => {
  const has = (status: Seat['status']) => passengers.some(({ seat }) => seat?.status === status);
  if (has('WL')) return 'WAITLISTED';
  return has('RAC') ? 'RAC' : 'CONFIRMED';
};

/** It is paid: a ticket, with a number that people read out. */
export const paid = (
  booking: Booking,
  { payment, pnr, at }: { payment: string; pnr: PnrNumber; at: string },
): Booking =>
  moved(
    booking,
    ticketState(booking),
    { by: 'payment', at },
    {
      pnr,
      payment: { ...withoutApproval(booking.payment), id: payment, state: 'paid' },
    },
  );

/** Paid, but its places are gone: all of it goes back. */
export const paidTooLate = (booking: Booking, payment: string, at: string): Booking =>
  withRefund(
    { ...booking, payment: { ...withoutApproval(booking.payment), id: payment, state: 'paid' } },
    { amount: booking.fare.total, reason: 'paid_too_late', at },
  );

/** Something better for some of its passengers; the state follows, if it is a ticket. */
export const promoted = (booking: Booking, promotions: readonly Promotion[], by: By): Booking => {
  const seats = new Map(promotions.map(({ passenger, to }) => [passenger, to]));
  const passengers = booking.passengers.map((passenger) => {
    const seat = seats.get(passenger.number);
    return seat === undefined ? passenger : { ...passenger, seat };
  });
  return restated({ ...booking, passengers }, by);
};

/** The state that its passengers have now. */
const restated = (booking: Booking, by: By): Booking => {
  const state = ticketState(booking);
  return isTicket(booking) && booking.state !== state ? moved(booking, state, by, {}) : changed(booking, {});
};

export const activeOf = ({ passengers }: Booking): readonly Passenger[] =>
  passengers.filter(({ cancelledAt }) => cancelledAt === undefined);

/** Some passengers are off it, or all; `refund` is what they get back. */
export const cancelled = (
  booking: Booking,
  { of, refund, at }: { of: readonly number[]; refund: Paise; at: string },
): Booking => {
  const passengers = booking.passengers.map((passenger) =>
    of.includes(passenger.number) ? { ...withoutSeat(passenger), cancelledAt: at } : passenger,
  );
  const by: By = { by: 'customer', at };
  const left = { ...booking, passengers };
  const after =
    activeOf(left).length === 0
      ? moved(left, 'CANCELLED', by, { payment: withoutApproval(booking.payment) })
      : restated(left, by);
  return refund > 0 ? owing(after, { amount: refund, reason: 'cancelled', at }) : after;
};

/** The chart is made, and these have nothing: off it, unless somebody of the party travels. */
export const dropped = (booking: Booking, { refund, at }: { refund: Paise; at: string }): Booking => {
  const by: By = { by: 'chart', at };
  if (booking.passengers.some(({ seat }) => seat !== undefined && seat.status !== 'WL')) {
    // Whoever has a place takes the others along (domain/india.md, 4.3), so none of them waits any more.
    const passengers = booking.passengers.map((one) => (one.seat?.status === 'WL' ? withoutSeat(one) : one));
    return restated({ ...booking, passengers }, by);
  }
  if (!isTicket(booking)) return failed(booking, 'ChartPreparedError', by);
  const after = moved(booking, 'CANCELLED', by, { passengers: booking.passengers.map(withoutSeat) });
  return refund > 0 ? owing(after, { amount: refund, reason: 'charted', at }) : after;
};

type Owed = Pick<Refund, 'amount' | 'reason' | 'at'>;

/** One more refund, in a version that has been raised already. */
const owing = (booking: Booking, owed: Owed): Booking => ({
  ...booking,
  refunds: [...booking.refunds, { ...owed, number: booking.refunds.length + 1, state: 'due' }],
});
const withRefund = (booking: Booking, owed: Owed): Booking => owing(changed(booking, {}), owed);

/** What went back or will. */
export const refunded = ({ refunds }: Pick<Booking, 'refunds'>): Paise =>
  paise(refunds.reduce((sum, { amount }) => sum + amount, 0));
