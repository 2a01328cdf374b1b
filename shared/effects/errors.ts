import { HouseError } from '../errors/index.ts';

/**
 * Somebody changed the record since the caller read it. Reading it again and deciding anew helps, which is what a
 * retry of a step or a message does.
 */
export class VersionConflictError extends HouseError<{ expected: number; found: number | null }> {
  override readonly name = 'VersionConflictError';
  override readonly status: number = 409;
  override readonly retryable: boolean = true;
}

/** The caller lost its right to act on the record: a newer execution has taken over. It must stop. */
export class SupersededError extends HouseError<{ actor: string | number; current: string | number | null }> {
  override readonly name = 'SupersededError';
  override readonly status: number = 409;
}

/** The postings of a commit do not add up to zero: a defect of the caller. Nothing was written. */
export class UnbalancedPostingsError extends HouseError<{ sumPaise: number }> {
  override readonly name = 'UnbalancedPostingsError';
}
