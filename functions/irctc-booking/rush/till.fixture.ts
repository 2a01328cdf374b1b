/** The payment saga as a rush has it: it knows bookings by their id, answers late or not at all, and tells what became of a payment. */
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import { type Dice, takeAt } from '../../../shared/testing/dice.ts';
import type { BookingId } from '../contract.views.ts';
import type { Booking } from '../domain/booking.ts';
import type { Cashier, Paying } from '../domain/ports.ts';

export interface TillRefund {
  readonly id: string;
  readonly amount: number;
  done: boolean;
}

export interface TillPayment {
  readonly id: string;
  readonly booking: BookingId;
  readonly amount: number;
  state: 'in_progress' | 'completed' | 'failed';
  readonly refunds: Map<number, TillRefund>;
}

/** A fact of the payment saga, as far as we read one. */
export type TillFact = Pick<CloudEvent, 'id' | 'type' | 'data'>;

export interface Till {
  readonly cashier: Cashier;
  readonly payments: ReadonlyMap<BookingId, TillPayment>;
  /** How many payments and refunds are still to be decided. */
  readonly open: () => number;
  /** Decides one of them. */
  readonly decide: () => void;
  /** Whoever pays late pays now. */
  readonly payLate: () => void;
}

export const till = (luck: Dice, tell: (fact: TillFact) => void): Till => {
  const payments = new Map<BookingId, TillPayment>();
  const byId = new Map<string, TillPayment>();
  const undecided: (() => void)[] = [];
  const late: (() => void)[] = [];
  let facts = 0;

  const fact = (type: string, payment: TillPayment, more: object = {}) => {
    facts += 1;
    const data = {
      payment: payment.id,
      reference: payment.booking,
      startedBy: 'service:irctc-booking',
      ...more,
    };
    tell({ id: `fact-${facts}`, type: `paytm-saga.${type}`, data });
  };
  const complete = (payment: TillPayment) => {
    payment.state = 'completed';
    fact('PaymentCompleted', payment);
  };
  const fail = (payment: TillPayment) => {
    payment.state = 'failed';
    fact(luck.onceIn(2) ? 'PaymentRefused' : 'PaymentCompensated', payment, {
      reason: 'InsufficientFundsError',
    });
  };
  const started = (booking: Booking): TillPayment => {
    const id = `payment_${payments.size + 1}`;
    const payment: TillPayment = {
      ...{ id, booking: booking.id, amount: booking.fare.total, state: 'in_progress', refunds: new Map() },
    };
    payments.set(booking.id, payment);
    byId.set(id, payment);
    const fate = luck.below(20);
    if (fate < 4) complete(payment);
    else if (fate < 6) fail(payment);
    // Somebody who pays when the hold is over, and somebody who never does.
    else if (fate === 18) late.push(() => complete(payment));
    else if (fate < 18) undecided.push(() => (luck.onceIn(5) ? fail(payment) : complete(payment)));
    return payment;
  };
  const standOf = ({ id, state }: TillPayment): Paying => {
    if (state === 'completed') return { status: 'completed', payment: id };
    if (state === 'failed') return { status: 'failed', payment: id, reason: 'InsufficientFundsError' };
    return { status: 'in_progress', payment: id };
  };
  const giveBack = (payment: TillPayment, refund: TillRefund) => {
    refund.done = true;
    fact('RefundCompleted', payment, { refund: refund.id });
  };

  return {
    payments,
    cashier: {
      pay: async (booking) => standOf(payments.get(booking.id) ?? started(booking)),
      look: async (id) => standOf(byId.get(id) as TillPayment),
      async refund({ id, refunds }, number) {
        const payment = payments.get(id) as TillPayment;
        let refund = payment.refunds.get(number);
        if (refund === undefined) {
          const made = {
            id: `refund_${number}_${id}`,
            amount: refunds[number - 1]?.amount ?? 0,
            done: false,
          };
          payment.refunds.set(number, made);
          if (luck.onceIn(3)) giveBack(payment, made);
          else undecided.push(() => giveBack(payment, made));
          refund = made;
        }
        return { id: refund.id, done: refund.done };
      },
    },
    open: () => undecided.length,
    decide: () => takeAt(undecided, luck.below(undecided.length))(),
    payLate: () => {
      for (const one of late.splice(0)) one();
    },
  };
};
