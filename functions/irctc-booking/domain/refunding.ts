/** A refund on its way: asked for, and with whoever paid. */
import { type Booking, changed } from './booking.ts';

/** The refund that the payment saga calls so is asked for. Undefined: that is known. */
export const withRefundAsked = (booking: Booking, number: number, id: string): Booking | undefined => {
  const refund = booking.refunds.find((one) => one.number === number);
  if (refund === undefined || refund.id === id) return undefined;
  return changed(booking, { refunds: booking.refunds.map((one) => (one === refund ? { ...one, id } : one)) });
};

/** The refund that the payment saga calls so has arrived. Undefined: that is known, or there is none. */
export const withRefundDone = (booking: Booking, id: string): Booking | undefined => {
  const refund = booking.refunds.find((one) => one.id === id && one.state === 'due');
  return (
    refund &&
    changed(booking, {
      refunds: booking.refunds.map((one) => (one === refund ? { ...one, state: 'done' } : one)),
    })
  );
};
