/** What the payment saga says of a booking's payment, and what becomes of the booking by it. */

import type { PnrNumber } from '../contract.codes.ts';
import { type Booking, changed, failed, isInFlight, paid, paidTooLate } from './booking.ts';
import type { Paying } from './ports.ts';

/** What to do, decided on the booking as it is. */
export type Settling =
  /** Nobody needs its places. */
  | { readonly does: 'nothing' }
  /** The booking alone changes. */
  | { readonly does: 'change'; readonly after: Booking; readonly notice?: 'paid_too_late' }
  /** It is a ticket: it needs its number. */
  | { readonly does: 'ticket'; readonly payment: string }
  /** Its places are free again. */
  | { readonly does: 'giveBack'; readonly after: Booking };

export const settling = (booking: Booking, said: Paying, at: string): Settling => {
  const { payment } = booking;
  // Whoever has paid has paid: what is said after that is old news.
  if (payment.state === 'paid') return { does: 'nothing' };
  if (said.status === 'completed') {
    if (booking.state === 'PAYMENT_PENDING') return { does: 'ticket', payment: said.payment };
    return { does: 'change', after: paidTooLate(booking, said.payment, at), notice: 'paid_too_late' };
  }
  if (said.status === 'failed') {
    const known = {
      ...booking,
      payment: { ...payment, ...idOf(said), state: 'failed', reason: said.reason } as const,
    };
    return isInFlight(booking)
      ? { does: 'giveBack', after: failed(known, said.reason, { by: 'payment', at }) }
      : { does: 'nothing' };
  }
  const isNews =
    payment.id !== said.payment || (said.approval !== undefined && payment.approval === undefined);
  if (!isNews || booking.state !== 'PAYMENT_PENDING') return { does: 'nothing' };
  const approval = said.approval === undefined ? {} : { approval: said.approval };
  return {
    does: 'change',
    after: changed(booking, { payment: { ...payment, id: said.payment, ...approval } }),
  };
};

const idOf = ({ payment }: { readonly payment?: string }) => (payment === undefined ? {} : { id: payment });

/** The booking as a ticket. */
export const ticketOf = (booking: Booking, payment: string, pnr: PnrNumber, at: string): Booking =>
  paid(booking, { payment, pnr, at });

/** Ten digits, the first not 0, so that nobody takes them for fewer. @param chance from 0 up to, not including, 1 */
export const drawPnr = (chance: () => number): PnrNumber =>
  Array.from({ length: 10 }, (_, index) =>
    index === 0 ? 1 + Math.floor(chance() * 9) : Math.floor(chance() * 10),
  ).join('') as PnrNumber;
