import { env } from '../../../shared/aws/index.ts';
import { parkingQueue } from '../../../shared/messaging/queue.ts';
import type { Parking } from '../domain/ports.ts';

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
