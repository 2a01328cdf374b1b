import { HouseError } from '../../../shared/errors/index.ts';
import type { Quota } from '../contract.codes.ts';

// Literal names: class names do not survive minifying, and a name is what problem type and texts go by.

/** More people than a ticket of the quota takes. A retry cannot help; two tickets may. */
export class PartyTooLargeError extends HouseError<{ quota: Quota; passengers: number; most: number }> {
  override readonly name = 'PartyTooLargeError';
  override readonly status = 400;
}

/** Nobody of the party needs a berth, so that there is nothing to share. A retry cannot help. */
export class PartyWithoutBerthError extends HouseError<{ passengers: number }> {
  override readonly name = 'PartyWithoutBerthError';
  override readonly status = 400;
}

/** Somebody of the party may not travel on the quota. A retry cannot help; the general quota may. */
export class QuotaNotAllowedError extends HouseError<{
  quota: Quota;
  /** The how-manieth of the party, from 1: a name would be personal. */
  passenger: number;
}> {
  override readonly name = 'QuotaNotAllowedError';
  override readonly status = 400;
}
