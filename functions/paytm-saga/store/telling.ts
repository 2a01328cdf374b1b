import {
  type Change,
  type Commit,
  equals,
  missing,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import type { Payment } from '../domain/payment.ts';
import { paymentKey } from './keys.ts';

/** What every event of a payment says of it. */
export const toldOf = ({ id, payer, merchant, amount, method, reference, startedBy }: Payment) => ({
  ...{ payment: id, payer, merchant, amount, method, reference },
  ...(startedBy === undefined ? {} : { startedBy }),
});

/**
 * Events of a payment, numbered 1, 2, 3 … without a gap: the record counts them in the transaction that tells them.
 * What is told is told by the record as it was read; who comes second reads again, and gets the next number.
 *
 * @param causationId what led to them: the execution, or the command, of whoever tells
 */
export const telling = (
  { id, told = 0 }: Pick<Payment, 'id' | 'told'>,
  causationId: string,
  { changes = [], events }: { changes?: readonly Change[]; events: readonly OutgoingEvent[] },
): Required<Pick<Commit<never>, 'changes' | 'events'>> => {
  if (events.length === 0) return { changes, events };
  const counted = update(
    paymentKey(id),
    { set: { told: told + events.length } },
    when(
      told === 0 ? missing('told') : equals('told', told),
      (found) => new VersionConflictError({ expected: told, found: Number(found?.told ?? 0) }),
    ),
  );
  return {
    // Last, because whoever may not act at all is to hear that first.
    changes: [...changes, counted],
    events: events.map((event, n) => ({ ...event, causationid: causationId, sequence: told + n + 1 })),
  };
};
