/** What whoever follows a booking hears of it: each telling goes on from the last one, and the last one is how it stands. */
import { events } from '../contract.events.ts';
import type { Booking } from '../domain/booking.ts';
import { standingOf } from '../domain/standing.ts';
import type { Told } from './queues.fixture.ts';
import type { Accuse, Watched } from './watched.fixture.ts';

const accused = (accuse: Accuse, what: string) => accuse('what is told is how it stands', what);

export const goesOn = ({ told }: Watched, { type, data }: Pick<Told, 'type' | 'data'>, accuse: Accuse) => {
  if (type !== events.moved.type) return;
  const { booking, from, to } = data as { booking: Booking['id']; from?: object; to: object };
  const known = told.get(booking) ?? [];
  if (known.at(-1) !== (from && JSON.stringify(from)))
    accused(accuse, `${booking} goes on from ${JSON.stringify(from)}, and was ${known.at(-1)}`);
  const now = JSON.stringify(to);
  if (known.includes(now)) accused(accuse, `${booking} is again ${now}`);
  told.set(booking, [...known, now]);
};

export const toldAtRest = ({ told, bookings }: Watched, accuse: Accuse) => {
  for (const booking of bookings.values()) {
    const last = told.get(booking.id)?.at(-1);
    if (last !== JSON.stringify(standingOf(booking))) accused(accuse, `${booking.id} was told to be ${last}`);
  }
};
