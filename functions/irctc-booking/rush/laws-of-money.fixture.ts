/** Nobody is charged without a berth, a place, or the money back. */
import { activeOf, type Booking, isTicket } from '../domain/booking.ts';
import { keptOf } from '../domain/refund.ts';
import type { TillPayment } from './till.fixture.ts';
import type { Accuse, Was } from './watched.fixture.ts';

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0);

/** What goes back for passengers of a ticket is by the rule of the moment in which they leave it. */
export const refundIsByRule = ({ before, after }: Was<Booking>, accuse: Accuse): void => {
  if (before === undefined || !isTicket(before)) return;
  const isCharted = after.state === 'CANCELLED' && after.moves.at(-1)?.by === 'chart';
  const gone = before.passengers.filter(
    ({ cancelledAt }, at) =>
      cancelledAt === undefined && (isCharted || after.passengers[at]?.cancelledAt !== undefined),
  );
  const best = bestOf(gone) ?? bestOf(before.passengers);
  const { cls, quota, fare } = after;
  const at = after.refunds.at(-1)?.at ?? after.moves.at(-1)?.at ?? '';
  const wanted = sum(
    gone.map(({ number, seat }) => {
      const status = seat?.status ?? best;
      const own = fare.passengers[number - 1];
      if (status === undefined || own === undefined) return 0;
      const cancelledAt = after.passengers[number - 1]?.cancelledAt;
      return keptOf({
        ...{ status, cls, quota, fare: own, departure: new Date(after.departure) },
        ...{ now: new Date(cancelledAt ?? at), reason: isCharted ? 'charted' : 'cancelled' },
      }).refund;
    }),
  );
  const owed = sum(after.refunds.slice(before.refunds.length).map(({ amount }) => amount));
  // Whoever has no berth has none of it, and still has paid: nothing may be forgotten.
  if (owed !== wanted)
    accuse('what goes back is by the rule', `${after.id}: ${owed} goes back, the rule has ${wanted}`);
};

const bestOf = (passengers: Booking['passengers']) =>
  (['CNF', 'RAC', 'WL'] as const).find((status) => passengers.some(({ seat }) => seat?.status === status));

/** At rest: each paisa that was taken is for somebody who travels, kept by the rule, or back. */
export const moneyAtRest = (
  bookings: Iterable<Booking>,
  payments: ReadonlyMap<string, TillPayment>,
  accuse: Accuse,
): void => {
  const law = 'nobody is charged without a berth or the money back';
  for (const booking of bookings) {
    const payment = payments.get(booking.id);
    const taken = payment?.state === 'completed' ? payment.amount : 0;
    const back = sum([...(payment?.refunds.values() ?? [])].map(({ amount, done }) => (done ? amount : 0)));
    const promised = sum(booking.refunds.map(({ amount }) => amount));
    const wrong = (what: string) => accuse(law, `${booking.id} (${booking.state}): ${what}`);
    if (back !== promised) wrong(`${promised} was to go back, and ${back} went`);
    if (back > taken) wrong(`${taken} was taken, and ${back} went back`);
    if (booking.refunds.some(({ state }) => state !== 'done')) wrong('a refund is not heard of');
    if (booking.pnr === undefined) {
      if (taken !== back) wrong(`${taken} was taken for nothing, and ${back} went back`);
      continue;
    }
    if (taken !== booking.fare.total) wrong(`the ticket costs ${booking.fare.total}, and ${taken} was taken`);
    if (!isTicket(booking)) continue;
    const { quota } = booking;
    const hasPlace = activeOf(booking).some(({ seat }) => seat !== undefined);
    if (!hasPlace) wrong(`nobody of it has a place of ${quota}`);
  }
};
