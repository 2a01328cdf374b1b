/** Test help: the payer's bank in memory, with the semantics of sandbox-bank behind the port of the domain. */
import { HouseError } from '../../shared/errors/index.ts';
import { PaymentDeclinedError } from './domain/errors.ts';
import type { Bank } from './domain/ports.ts';

/** The account takes no money. */
export class CreditsBlockedError extends HouseError<{ account: string }> {
  override readonly name = 'CreditsBlockedError';
  override readonly status = 409;
}

/** Less than that is left of what was taken. */
class TooMuchPaidBackError extends HouseError<{ key: string }> {
  override readonly name = 'RefundTooLargeError';
  override readonly status = 422;
}

/** The bank refuses to void what it captured. */
export class HoldCapturedError extends HouseError<{ key: string }> {
  override readonly name = 'HoldCapturedError';
  override readonly status = 409;
}

export type ChargeState = 'held' | 'taken' | 'refunded' | 'voided' | 'cancelled' | 'declined';

/** What the bank knows of one key. */
export interface Charge {
  readonly state: ChargeState;
  readonly amount: number;
  /** The capture, or the debit, is refused from now on, whether it happened or not. */
  readonly chargeCancelled: boolean;
}

export interface BankOptions {
  /** Whether a cancellation that came first leaves a mark. A bank without marks is a defect. @default true */
  readonly marks?: boolean;
}

/**
 * A bank that knows every charge by its key: the same call again changes nothing, and once a cancellation was
 * answered, the thing that it cancels is refused, also when it comes late.
 */
export const memoryBank = ({ marks = true }: BankOptions = {}) => {
  const charges = new Map<string, Charge>();
  /** What moved, in order: nothing may be there twice. */
  const moves: { readonly key: string; readonly what: ChargeState }[] = [];
  /** What was paid back of what, by its key. */
  const paidBack = new Map<string, { readonly of: string; readonly amount: number }>();
  const behaviour = { declines: false, creditsBlocked: false };
  let clearing = 0;
  const become = (key: string, charge: Charge) => {
    charges.set(key, charge);
    moves.push({ key, what: charge.state });
  };
  const no = (code: string) => new PaymentDeclinedError({ code });
  const marked = (key: string) => {
    if (marks) charges.set(key, { state: 'cancelled', amount: 0, chargeCancelled: true });
  };
  const answer = (key: string) => ({ reference: `bank-${key}` });
  /** A cancelled charge is refused for ever, a declined one stays declined. */
  const refuseWhatIsOver = (found: Charge) => {
    if (found.state === 'declined') throw no('Z9');
    if (found.state === 'cancelled' || found.state === 'voided' || found.chargeCancelled)
      throw no('cancelled');
  };

  const bank: Bank = {
    async hold(key, { amount }) {
      const found = charges.get(key);
      if (found === undefined) {
        become(key, { state: behaviour.declines ? 'declined' : 'held', amount, chargeCancelled: false });
        if (behaviour.declines) throw no('Z9');
        return answer(key);
      }
      refuseWhatIsOver(found);
      return answer(key);
    },
    async capture(key) {
      const found = charges.get(key);
      if (found === undefined) throw no('NotFoundError');
      refuseWhatIsOver(found);
      if (found.state === 'held') {
        become(key, { ...found, state: 'taken' });
        clearing += found.amount;
      }
      return answer(key);
    },
    async refund(key) {
      const found = charges.get(key);
      if (found === undefined) marked(key);
      if (found?.state === 'held' && marks) charges.set(key, { ...found, chargeCancelled: true });
      if (found?.state === 'taken') {
        become(key, { ...found, state: 'refunded', chargeCancelled: marks });
        clearing -= found.amount;
      }
      return charges.get(key)?.state === 'refunded' ? 'reversed' : 'nothing';
    },
    async release(key) {
      const found = charges.get(key);
      if (found === undefined) marked(key);
      if (found?.state === 'taken') throw new HoldCapturedError({ key });
      if (found?.state === 'held') become(key, { ...found, state: 'voided' });
      return charges.get(key)?.state === 'voided' ? 'reversed' : 'nothing';
    },
    async debit(key, { amount }) {
      const found = charges.get(key);
      if (found !== undefined) {
        refuseWhatIsOver(found);
        return answer(key);
      }
      become(key, { state: behaviour.declines ? 'declined' : 'taken', amount, chargeCancelled: false });
      if (behaviour.declines) throw no('Z9');
      clearing += amount;
      return answer(key);
    },
    async payBack(key, { of, amount }) {
      if (paidBack.has(key)) return answer(key);
      if (behaviour.creditsBlocked) throw new CreditsBlockedError({ account: 'account' });
      const earlier = [...paidBack.values()].filter((one) => one.of === of);
      const left = earlier.reduce((sum, one) => sum - one.amount, charges.get(of)?.amount ?? 0);
      if (charges.get(of)?.state !== 'taken' || amount > left) throw new TooMuchPaidBackError({ key });
      paidBack.set(key, { of, amount });
      clearing -= amount;
      return answer(key);
    },
  };
  return {
    bank,
    behaviour,
    charges,
    moves,
    paidBack,
    /** What lies in our clearing account, in paise. */
    clearing: () => clearing,
    /** Money that came in before the test began. */
    bringIn: (amount: number) => {
      clearing += amount;
    },
  };
};
