/** The words for dead letters; who only speaks of them needs no SDK. */

/**
 * How a letter got where it lies.
 * - `moved`: by SQS, after too many receives. It is the message itself.
 * - `parked`: by its consumer, at once, with the reason.
 * - `undelivered`: by EventBridge or a topic of SNS, which could not hand it to the queue.
 * - `skipped`: by Lambda, which gave up a batch of a stream. It names a position, not a message.
 */
export const KINDS = ['moved', 'parked', 'undelivered', 'skipped'] as const;
export type LetterKind = (typeof KINDS)[number];

/**
 * What happened to a letter, or would.
 * - `sent back`, `discarded`
 * - `no way back`: it came from no queue; its system has a door to go on
 * - `already processed`: its consumer has a record of this message, so sending it changes nothing; it stays, to be discarded
 * - `edit does not fit`: there is nothing at a path that was to be edited; it stays
 * - `not reached`: there was no time left for it; it stays
 * - `gone`: it is not there, or somebody else has it in hand
 * - `failed`: it stays, and a reason is given
 */
export const OUTCOMES = [
  'sent back',
  'discarded',
  'no way back',
  'already processed',
  'edit does not fit',
  'not reached',
  'gone',
  'failed',
] as const;

/** Whether a consumer has worked on a message: it has a record, it has none, or it keeps none that we know of. */
export const WORKED = ['yes', 'no', 'unknown'] as const;
export type Worked = (typeof WORKED)[number];

/**
 * What has become of a letter that was sent back.
 * - `processed`: its consumer has a record of it
 * - `back`: it is dead again
 * - `worked off`: it is in no queue any more, and its consumer keeps no record or had nothing to do
 * - `under way`: none of these can be said yet; ask again
 */
export const VERDICTS = ['processed', 'back', 'worked off', 'under way'] as const;

/**
 * By which way a whole queue goes back.
 * - `move task`: SQS's own. It is fast and needs nobody; trails end, and no consumer's record is asked
 * - `letter by letter`: ours, which keeps trails and says what became of each
 */
export const WAYS = ['move task', 'letter by letter'] as const;

/**
 * Why a whole queue went letter by letter.
 * - `trails are kept`: that was asked for
 * - `edited`: SQS moves messages as they are
 * - `not only moved letters`: some were parked or not delivered, and SQS does not know where those came from
 * - `SQS refused`: it has no such task here, or the queue is nobody's dead-letter queue
 * - `its task failed`: what it had not moved went letter by letter
 * - `nothing lies there`
 */
export const LETTERWISE = [
  'trails are kept',
  'edited',
  'not only moved letters',
  'SQS refused',
  'its task failed',
  'nothing lies there',
] as const;

/** How a move task of SQS stands. */
export const TASK_STATES = ['running', 'completed', 'stopped', 'failed'] as const;
