import { HouseError } from '../../../shared/errors/index.ts';
import type { ClassCode, JourneyDate, Quota, TrainNumber } from '../contract.codes.ts';
import type { BookingId, BookingState, PoolId } from '../contract.views.ts';

export * from './party-errors.ts';

// Literal names: class names do not survive minifying, and a name is what problem type and texts go by.

/** The train does not run that day, or has no such class or quota. A retry cannot help. */
export class TrainNotRunningError extends HouseError<{
  train: TrainNumber;
  date: JourneyDate;
  class?: ClassCode;
  quota?: Quota;
}> {
  override readonly name = 'TrainNotRunningError';
  override readonly status = 409;
}

/** A train keeps the coaches that it was published with: their berths may be sold. Another number for another train helps. */
export class CoachesFixedError extends HouseError<{ train: TrainNumber }> {
  override readonly name = 'CoachesFixedError';
  override readonly status = 409;
}

/** It is too early or too late to book that. A retry helps once it opens. */
export class BookingWindowError extends HouseError<{ opensAt: string; closesAt: string }> {
  override readonly name = 'BookingWindowError';
  override readonly status = 409;
}

/** So many bookings of somebody may wait at once, so that nobody fills the queue. A retry helps once one of them is done. */
export class TooManyInFlightError extends HouseError<{ most: number }> {
  override readonly name = 'TooManyInFlightError';
  override readonly status = 429;
  override readonly retryable = true;
  override readonly retryAfterSeconds = 5;
}

/** No berth, no RAC, and the waiting list is full (REGRET). A retry helps only after somebody has cancelled. */
export class NoRoomError extends HouseError<{ pool: PoolId }> {
  override readonly name = 'NoRoomError';
  override readonly status = 409;
}

/** The chart is made, so nothing is sold or cancelled any more. A retry cannot help. */
export class ChartPreparedError extends HouseError<{ pool: PoolId }> {
  override readonly name = 'ChartPreparedError';
  override readonly status = 409;
}

/** Allocation could not be done in time, however often it was tried. A new booking helps. */
export class NotAllocatedInTimeError extends HouseError<{ booking: BookingId }> {
  override readonly name = 'NotAllocatedInTimeError';
  override readonly status = 503;
}

/** It came to nothing, or has ended, or these passengers are off it already. A retry cannot help. */
export class BookingNotCancellableError extends HouseError<{ booking: BookingId; state: BookingState }> {
  override readonly name = 'BookingNotCancellableError';
  override readonly status = 409;
}

/** Another booking has the number: between store and use case alone, which draws another one. */
export class PnrTakenError extends HouseError<object> {
  override readonly name = 'PnrTakenError';
  override readonly status = 409;
}

/** The payment saga charges nobody for us without the payer's consent, a link, whatever they pay by. Naming one helps. */
export class LinkNeededError extends HouseError<object> {
  override readonly name = 'LinkNeededError';
  override readonly status = 409;
}
