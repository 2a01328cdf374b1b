import { env } from '../../../shared/aws/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { parkedLetters } from '../../../shared/messaging/parked.ts';
import { parkingQueue } from '../../../shared/messaging/queue.ts';
import type { Parked, Parking, Subject } from '../domain/ports.ts';

/** Puts what needs a person on the parking queue, where it alarms. */
export const parkingPort = (): Parking => {
  const queue = parkingQueue(env('PARKING_QUEUE'));
  return {
    async park({ subject, error, cause, correlationId, traceparent }) {
      await queue.park({
        error,
        message: cause,
        correlationId,
        traceparent,
        consumer: 'payment' in subject ? 'paytm-saga-payment' : 'paytm-saga-sweep',
        body: JSON.stringify(subject),
      });
    },
  };
};

/** Takes what was parked out of the queue again, so that its alarm goes off. */
export const parkedPort = (): Parked => {
  const letters = parkedLetters(env('PARKING_QUEUE'));
  return {
    settle: (subject, before) =>
      letters.takeOut(({ body, parkedAt }) => body === JSON.stringify(subject) && parkedAt < before),
  };
};

/**
 * After a person has let a subject go on: takes its letters out. Where that fails or none is found, the log says so and
 * the subject goes on all the same. A letter that stays can be read or deleted later and does no harm: it says only
 * which subject, and the record decides.
 */
export const settled = async (parking: Parked, subject: Subject, before: string): Promise<void> => {
  try {
    const letters = await parking.settle(subject, before);
    if (letters > 0)
      logger().info('its letters were taken out of the parking queue', { ...subject, letters });
    else logger().warn('no letter of it was found in the parking queue', { ...subject });
  } catch (error) {
    logger().warn('its letter is left in the parking queue', { ...subject, error });
  }
};
