/**
 * What time does to a hold. It is judged whenever a hold is read; that the money is available again, or has moved, is
 * written by the back office, or by a call that comes first.
 */
import { iso } from '../../../shared/time/index.ts';
import type { Charge, Decision, Hold } from './charge.ts';
import { HoldExpiredError } from './errors.ts';
import { release, take } from './money.ts';

/** When something is due for a charge (ISO 8601), or nothing is. */
export const dueAt = (charge: Charge): string | undefined => {
  if (charge.state === 'awaiting') return charge.asked.until;
  if (charge.state === 'held') return charge.heldUntil;
  return charge.state === 'settling' ? charge.settlesAt : undefined;
};

const isDue = (charge: Charge, at: Date): boolean => {
  const due = dueAt(charge);
  return due !== undefined && due <= iso(at);
};

/** Nobody has answered, or captured, in time; whether that is written or not. */
export const hasLapsed = (charge: Charge, at: Date): boolean =>
  (charge.state === 'awaiting' || charge.state === 'held') && isDue(charge, at);

type Overdue = Decision<Hold> & { readonly happening: 'expire' | 'settle' };

/** What is written of a charge whose time has come; nothing where it has not. */
export const overdue = (charge: Charge, at: Date): Overdue | undefined => {
  if (!isDue(charge, at)) return undefined;
  switch (charge.state) {
    case 'awaiting':
      return { happening: 'expire', record: { ...charge, state: 'expired' }, tells: 'expired' };
    case 'held':
      return {
        happening: 'expire',
        record: { ...charge, state: 'expired' },
        money: release(charge),
        tells: 'expired',
      };
    case 'settling': {
      const { settlesAt: _over, ...hold } = charge;
      return {
        happening: 'settle',
        record: { ...hold, state: 'taken', refunded: 0, chargeCancelled: false },
        money: take(hold, hold.into, 'held'),
        tells: 'captured',
      };
    }
    default:
      return undefined;
  }
};

/** The refusal of a hold that has expired: NPCI's code where it is the request that nobody answered. */
export const expiredError = ({ key, asked }: Hold): HoldExpiredError =>
  new HoldExpiredError(asked !== undefined && asked.answer === undefined ? { key, code: 'U69' } : { key });
