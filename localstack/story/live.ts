/** People at the other end of tracking's WebSocket, whose connection can be cut. */
import type { BookingId } from '../../functions/irctc-booking/contract.ts';
import {
  type Tracking,
  type TrackingOptions,
  trackingClient,
} from '../../functions/swiggy-tracking/contract.client.ts';
import { type BookingItem, type ListenerRole, routes } from '../../functions/swiggy-tracking/contract.ts';
import { waitFor } from '../../shared/testing/index.ts';
import type { Stage, Who } from './stage.ts';

export type TrackingDoors = ReturnType<typeof trackingAs>;

/** Tracking's doors for somebody. */
export const trackingAs = (stage: Stage, who: Who) => stage.as(who, 'swiggy-tracking', routes);

export interface Connected {
  readonly tracking: Tracking;
  /** How often the connection was open. */
  opened(): number;
  /** Breaks it off, as a lift does. */
  cut(): void;
}

/** The client of tracking's contract for somebody, in one of their roles. */
export const connectedAs = (
  doors: TrackingDoors,
  role: ListenerRole,
  options: Pick<TrackingOptions, 'lookEveryMs' | 'answerMs'> = {},
): Connected => {
  let socket: WebSocket | undefined;
  let opened = 0;
  const tracking = trackingClient({
    ...options,
    ticket: async () => (await doors.issueTicket({ body: { role } })).body.url,
    open: (url) => {
      socket = new WebSocket(url);
      socket.addEventListener('open', () => {
        opened += 1;
      });
      return socket;
    },
  });
  return { tracking, opened: () => opened, cut: () => socket?.close() };
};

/** Somebody who follows a booking of berths, and what they were told. */
export const bookingFollower = (stage: Stage, who: Who) => {
  const doors = trackingAs(stage, who);
  const items: BookingItem[] = [];
  const refused: string[] = [];
  const { tracking, opened, cut } = connectedAs(doors, 'customer');
  const has = (what: string, holds: () => boolean) =>
    waitFor(
      (seen) => {
        seen(items.map(({ sequence, state }) => `${sequence} ${state}`).join(', '));
        return holds();
      },
      { what: `a follower of a booking to have ${what}`, timeoutMs: 100_000 },
    );
  return {
    ...{ doors, items, refused, tracking, opened, cut, has },
    follow: (booking: BookingId) =>
      tracking.followBooking({
        ...{ booking, onItem: (item) => items.push(item) },
        onRefused: ({ name }) => refused.push(name),
      }),
    hasState: (state: BookingItem['state']) => has(state, () => items.at(-1)?.state === state),
    /** Waits until the booking is known here: the event that tells of it takes its time. */
    knows: (bookingId: BookingId) =>
      waitFor(() => doors.readBookingLog({ path: { bookingId }, query: {} }), {
        ...{ what: `${bookingId} to be known to tracking`, timeoutMs: 60_000 },
      }),
  };
};
