/** Requests that stand in the table as the door writes them, and their messages, for whoever measures how a line is worked off. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import type { Key } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { newId } from '../../../shared/ids/index.ts';
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import type { RequestBooking } from '../contract.bookings.ts';
import type { TrainNumber } from '../contract.codes.ts';
import type { BookingId } from '../contract.views.ts';
import { requested } from '../domain/request.ts';
import { toldRequested } from '../domain/telling.ts';
import { bookingKey } from '../store/keys.ts';
import { railIndexes, railOn } from '../store/ports.ts';
import { bookingsWritten, MOST_IN_FLIGHT } from '../store/rail.ts';

export interface Admitted {
  /** What the outbox would have told. */
  readonly event: CloudEvent;
  /** Where the booking is. */
  readonly key: Key;
}

/** So many of one customer may be under way at once. */
export const MOST_OF_ONE = MOST_IN_FLIGHT;

/** On the table of a city. */
export const admissionOn = (on: { readonly client: DynamoDBDocumentClient; readonly table: string }) => {
  const { trains, effects, now, ids } = railOn(dynamoStore({ ...on, indexes: railIndexes }), inTheCity);
  /** Writes what the door writes, but for the message. @throws {TooManyInFlightError} */
  return async (customer: string, body: RequestBooking): Promise<Admitted> => {
    const id = newId('booking', ids) as BookingId;
    const train = await trains.load(body.train as TrainNumber);
    const about = { id, customer, now: now(), correlationId: id, traceparent: undefined };
    const booking = requested(body, train, about);
    await effects.commit({
      effect: { owner: id, name: 'admitted', keepDays: 1 },
      changes: bookingsWritten({ after: booking }),
      answer: id,
    });
    const [told] = toldRequested(booking);
    const event = { ...told, id: ids(), time: now().toISOString() } as CloudEvent;
    return { event, key: bookingKey(id) };
  };
};
