/** What is decided on a hold when somebody asks: pure decisions on what the bank knows of its key. See `charge.ts`. */
import { IdempotencyKeyReusedError, NotFoundError } from '../../../shared/errors/index.ts';
import { iso } from '../../../shared/time/index.ts';
import type { AnswerRequest, ClearingAlias, PlaceHold } from '../contract.ts';
import { type Account, declineOf } from './account.ts';
import {
  type Asker,
  type Charge,
  type Decision,
  type Hold,
  type HoldIn,
  type Origin,
  refuseForeign,
  refuseOthers,
  sameTerms,
  undone,
} from './charge.ts';
import { expiredError, hasLapsed, overdue } from './due.ts';
import { planOf } from './emi.ts';
import {
  CaptureCancelledError,
  HoldAwaitingError,
  HoldCancelledError,
  HoldCapturedError,
  HoldDeclinedError,
  HoldVoidedError,
  NothingToAnswerError,
  OutcomePendingError,
  RequestExpiredError,
} from './errors.ts';
import { release, setAside, take } from './money.ts';

const DEFAULT_MONTHS = 3;

/** The moment in which is decided, and the call that asked. */
export interface Moment {
  readonly at: Date;
  readonly origin?: Origin;
}

/**
 * @param account read in the same moment as the hold; its money is the condition of the write
 * @throws {HoldCancelledError} it was voided, or its capture cancelled: earlier than it came, or since
 * @throws {HoldExpiredError} nobody answered, or captured, in time
 */
export const placeHold = (
  found: Charge | undefined,
  account: Account,
  asker: Asker,
  body: PlaceHold,
  { at, origin }: Moment,
): Decision<Hold> => {
  const { key } = asker;
  const terms = termsOf(account, body);
  const hold = ownHold(found, asker);
  if (hold === undefined) {
    const asked = { ...asker, kind: 'hold', ...(origin ? { origin } : {}), ...terms } as const;
    const { approvals, declineCode } = account.behaviour;
    if (body.approval === undefined || approvals === 'at_once' || declineCode !== null) {
      return heldOrDeclined({ ...asked, chargeCancelled: false }, account, at);
    }
    const until = later(at, body.approval.expiresInSeconds * 1_000);
    return { record: { ...asked, state: 'awaiting', asked: { until }, chargeCancelled: false } };
  }
  const cancelled = hold.state === 'cancelled' || hold.state === 'voided';
  if (cancelled || ('chargeCancelled' in hold && hold.chargeCancelled)) {
    throw new HoldCancelledError({ key });
  }
  sameTerms(hold, terms, key);
  if (hasExpired(hold, at)) throw expiredError(hold);
  return { record: hold };
};

/** How long an answer is waited for is no term: who asks again later has less time left, and the first one counts. */
const termsOf = ({ id }: Account, { amount, instrument, approval, emi }: PlaceHold) => ({
  account: id,
  amount,
  instrument,
  ...(approval ? { flow: approval.flow } : {}),
  ...(instrument === 'emi' ? { emi: planOf(amount, emi?.months ?? DEFAULT_MONTHS) } : {}),
});

/** A hold that nothing stands in the way of but the account. */
const heldOrDeclined = (
  hold: Omit<HoldIn<'held'>, 'state'>,
  account: Account,
  at: Date,
): Decision<HoldIn<'held' | 'declined'>> => {
  const code = declineOf(account, hold);
  if (code === undefined) {
    const heldUntil = later(at, account.behaviour.holdsForMs);
    return { record: { ...hold, state: 'held', heldUntil }, money: setAside(hold) };
  }
  const { chargeCancelled: _over, ...declined } = hold;
  return { record: { ...declined, state: 'declined', code } };
};

/**
 * What the payer answers, once.
 *
 * @param account read in the same moment as the hold; its money is the condition of the write
 * @throws {NotFoundError} there is no such hold
 * @throws {NothingToAnswerError} nobody was asked about it
 * @throws {RequestExpiredError} it is too late
 * @throws {HoldVoidedError} the request was withdrawn
 * @throws {IdempotencyKeyReusedError} they have answered otherwise
 */
export const answerRequest = (
  hold: Charge | undefined,
  account: Account,
  { key, decision }: Pick<Asker, 'key'> & AnswerRequest,
  at: Date,
): Decision<Hold> => {
  if (hold?.kind !== 'hold') throw new NotFoundError({ what: 'hold', id: key });
  const { asked } = hold;
  if (asked === undefined) throw new NothingToAnswerError({ key });
  if (asked.answer === decision) return { record: hold };
  if (asked.answer !== undefined) throw new IdempotencyKeyReusedError({ key });
  if (hasExpired(hold, at)) throw new RequestExpiredError({ key });
  if (hold.state !== 'awaiting') throw new HoldVoidedError({ key });
  const answered = { ...hold, asked: { ...asked, answer: decision } };
  if (decision === 'approve') {
    const decided = heldOrDeclined(answered, account, at);
    return { ...decided, tells: decided.record.state };
  }
  const { chargeCancelled: _over, ...declined } = answered;
  return { record: { ...declined, state: 'declined', code: 'ZA' }, tells: 'declined' };
};

/**
 * Takes all that is held, at once or so much later.
 *
 * @param settlesAfterMs milliseconds between the capture and the money
 * @throws {NotFoundError} there is no such hold; a retry helps only if the hold is still on its way
 * @throws {CaptureCancelledError} the capture was cancelled: earlier than it came, or since
 * @throws {HoldCancelledError} the hold was voided before it came
 * @throws {HoldVoidedError} the hold was released
 * @throws {HoldDeclinedError} the hold was declined
 * @throws {HoldAwaitingError} the payer has not answered yet
 * @throws {HoldExpiredError} nobody answered, or captured, in time
 */
export const captureHold = (
  found: Charge | undefined,
  asker: Asker,
  into: ClearingAlias,
  bankReference: string,
  { at, settlesAfterMs }: Pick<Moment, 'at'> & { readonly settlesAfterMs: number },
): Decision<Hold> => {
  refuseForeign(into, asker.client);
  const hold = ownHold(found, asker);
  const { key } = asker;
  if (hold === undefined) throw new NotFoundError({ what: 'hold', id: key });
  if ('chargeCancelled' in hold && hold.chargeCancelled) throw new CaptureCancelledError({ key });
  if (hasLapsed(hold, at)) throw expiredError(hold);
  switch (hold.state) {
    case 'cancelled':
      throw new HoldCancelledError({ key });
    case 'voided':
      throw new HoldVoidedError({ key });
    case 'declined':
      throw new HoldDeclinedError({ key, code: hold.code });
    case 'expired':
      throw expiredError(hold);
    case 'awaiting':
      throw new HoldAwaitingError({ key });
    case 'held': {
      const { chargeCancelled, heldUntil: _over, ...held } = hold;
      const promised = { ...held, into, bankReference };
      if (settlesAfterMs > 0) {
        return { record: { ...promised, state: 'settling', settlesAt: later(at, settlesAfterMs) } };
      }
      return {
        record: { ...promised, state: 'taken', refunded: 0, chargeCancelled },
        money: take(hold, into, 'held'),
      };
    }
    default:
      if (hold.into !== into) throw new IdempotencyKeyReusedError({ key });
      return overdue(hold, at) ?? { record: hold };
  }
};

/**
 * Releases what is held, withdraws what nobody has answered, or leaves a mark that refuses the hold when it comes.
 *
 * @throws {HoldCapturedError} it was captured, and not all of it was given back: cancel the capture first
 * @throws {OutcomePendingError} its capture was accepted and has not moved the money yet
 */
export const voidHold = (found: Charge | undefined, asker: Asker, at: Date): Decision<Hold> => {
  const hold = ownHold(found, asker);
  if (hold === undefined) return { record: { ...asker, kind: 'hold', state: 'cancelled' } };
  switch (hold.state) {
    case 'awaiting': {
      const { chargeCancelled: _over, ...request } = hold;
      return overdue(hold, at) ?? { record: { ...request, state: 'voided' } };
    }
    case 'held': {
      const { chargeCancelled: _over, heldUntil: _until, ...held } = hold;
      return overdue(hold, at) ?? { record: { ...held, state: 'voided' }, money: release(hold) };
    }
    case 'settling':
      throw pending(hold, at);
    case 'taken':
      throw new HoldCapturedError({ key: asker.key });
    default:
      return { record: hold };
  }
};

/**
 * Undoes a capture. One call whatever became of it: taken money goes back, a capture on its way is refused when it
 * comes, and a hold on its way too, because nobody needs a hold whose capture is cancelled.
 *
 * @throws {OutcomePendingError} it was accepted and has not moved the money yet
 */
export const cancelCapture = (found: Charge | undefined, asker: Asker, at: Date): Decision<Hold> => {
  const hold = ownHold(found, asker);
  if (hold === undefined) return { record: { ...asker, kind: 'hold', state: 'cancelled' } };
  switch (hold.state) {
    case 'awaiting':
    case 'held':
      return hold.chargeCancelled || hasLapsed(hold, at)
        ? { record: hold }
        : { record: { ...hold, chargeCancelled: true } };
    case 'settling':
      throw pending(hold, at);
    case 'taken':
    case 'refunded':
      return undone(hold);
    default:
      return { record: hold };
  }
};

const hasExpired = (hold: Hold, at: Date): boolean => hold.state === 'expired' || hasLapsed(hold, at);

const later = (at: Date, ms: number): string => iso(new Date(at.getTime() + ms));

const pending = ({ key, settlesAt }: HoldIn<'settling'>, at: Date): OutcomePendingError =>
  new OutcomePendingError({ key, settlesAt }, (Date.parse(settlesAt) - at.getTime()) / 1_000);

/** A hold of the asker, or nothing. Its key may stand for one hold only, and for nothing else. */
const ownHold = (found: Charge | undefined, asker: Asker): Hold | undefined => {
  if (found === undefined) return undefined;
  refuseOthers(found, asker);
  if (found.kind !== 'hold') throw new IdempotencyKeyReusedError({ key: asker.key });
  return found;
};
