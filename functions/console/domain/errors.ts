import { HouseError } from '../../../shared/errors/index.ts';

// Literal names: class names do not survive minifying, and a name is what problem type and texts go by.

/** The execution is under way, or under way again: nothing is there to redrive. A retry helps only once it has ended badly. */
export class RunGoesOnError extends HouseError<{ run: string }> {
  override readonly name = 'RunGoesOnError';
  override readonly status = 409;
}

/** The execution ended longer ago than Step Functions lets one go on. A retry cannot help. */
export class RunTooOldError extends HouseError<{ run: string; endedAt: string }> {
  override readonly name = 'RunTooOldError';
  override readonly status = 409;
}

/** Step Functions does not let the execution go on: it has succeeded, or its history is full. A retry cannot help. */
export class NotRedrivableError extends HouseError<{ run: string; runStatus: string }> {
  override readonly name = 'NotRedrivableError';
  override readonly status = 409;
}
