/** What whoever follows a booking hears of it: each telling goes on from the last one, and the last one is how it stands. */
import { events } from '../contract.events.ts';
import type { Booking } from '../domain/booking.ts';
import { markOf } from '../domain/standing.ts';
import type { Told } from './queues.fixture.ts';
import type { Accuse, Watched } from './watched.fixture.ts';

const accused = (accuse: Accuse, what: string) => accuse('what is told is how it stands', what);

export const goesOn = ({ told }: Watched, { type, data }: Pick<Told, 'type' | 'data'>, accuse: Accuse) => {
  if (type !== events.moved.type) return;
  const { booking, mark, follows } = data as { booking: Booking['id']; mark: string; follows?: string };
  const known = told.get(booking) ?? [];
  if (known.at(-1) !== follows)
    accused(accuse, `${booking} was ${known.at(-1)}, and goes on from ${follows}`);
  if (known.includes(mark)) accused(accuse, `${booking} is again ${mark}`);
  told.set(booking, [...known, mark]);
};

export const toldAtRest = ({ told, bookings }: Watched, accuse: Accuse) => {
  for (const booking of bookings.values()) {
    const last = told.get(booking.id)?.at(-1);
    if (last !== markOf(booking)) accused(accuse, `${booking.id} was told to be ${last}`);
  }
};
