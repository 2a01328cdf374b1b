/** Test help: the payer's bank in memory, with the semantics of sandbox-bank behind the port of the domain. */
import { HouseError, TransientError } from '../../shared/errors/index.ts';
import { PaymentDeclinedError } from './domain/errors.ts';
import type { Bank, Charged } from './domain/ports.ts';

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

/** The payer has not answered yet. */
class HoldAwaitingError extends HouseError<{ key: string }> {
  override readonly name = 'HoldAwaitingError';
  override readonly status = 409;
}

/** `awaiting`: the payer was asked. `settling`: it will be taken, and nobody can call it back. */
export type ChargeState =
  | 'awaiting'
  | 'expired'
  | 'held'
  | 'settling'
  | 'taken'
  | 'refunded'
  | 'voided'
  | 'cancelled'
  | 'declined';

/** What the bank knows of one key. */
export interface Charge {
  readonly state: ChargeState;
  readonly amount: number;
  /** The capture, or the debit, is refused from now on, whether it happened or not. */
  readonly chargeCancelled: boolean;
  /** Of what the payer was asked for. */
  readonly expiresAt?: string;
}

/** What the bank tells of what it had left open. */
export interface Told {
  readonly key: string;
  readonly state: 'held' | 'declined' | 'expired' | 'captured';
}

export interface BankOptions {
  /** Whether a cancellation that came first leaves a mark. A bank without marks is a defect. @default true */
  readonly marks?: boolean;
  /** @default the beginning of time, when nothing has expired */
  readonly now?: () => Date;
  /** Hears what the bank tells. @default nobody */
  readonly tell?: (told: Told) => void;
  /** A payer is asked to approve. @default nobody answers */
  readonly asked?: (key: string) => void;
  /** A capture will settle. @default it never does */
  readonly settles?: (key: string) => void;
}

/**
 * A bank that knows every charge by its key: the same call again changes nothing, and once a cancellation was
 * answered, the thing that it cancels is refused, also when it comes late.
 */
export const memoryBank = ({
  marks = true,
  now = () => new Date(0),
  tell = () => undefined,
  asked = () => undefined,
  settles = () => undefined,
}: BankOptions = {}) => {
  const charges = new Map<string, Charge>();
  /** What moved, in order: nothing may be there twice. */
  const moves: { readonly key: string; readonly what: ChargeState }[] = [];
  /** What was paid back of what, by its key. */
  const paidBack = new Map<string, { readonly of: string; readonly amount: number }>();
  const behaviour = { declines: false, creditsBlocked: false, asksThePayer: false, settlesLate: false };
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
  const done = (key: string): Charged => ({ state: 'done', ...answer(key) });
  const open: Charged = { state: 'open' };
  const pending = () => new TransientError({ reason: 'OutcomePendingError' });
  /** Time is judged when it is read. */
  const find = (key: string): Charge | undefined => {
    const found = charges.get(key);
    if (found?.state === 'awaiting' && found.expiresAt && found.expiresAt <= now().toISOString()) {
      charges.set(key, { ...found, state: 'expired' });
      tell({ key, state: 'expired' });
    }
    return charges.get(key);
  };
  /** A cancelled charge is refused for ever, a declined one stays declined. */
  const refuseWhatIsOver = (found: Charge) => {
    if (found.state === 'declined') throw no('Z9');
    if (found.state === 'expired') throw no('U69');
    if (found.state === 'cancelled' || found.state === 'voided' || found.chargeCancelled)
      throw no('cancelled');
  };

  const bank: Bank = {
    async learn(key) {
      const found = find(key);
      if (found === undefined) return {};
      refuseWhatIsOver(found);
      if (found.state === 'awaiting') return { hold: open };
      if (found.state === 'held') return { hold: done(key) };
      return { hold: done(key), capture: found.state === 'settling' ? open : done(key) };
    },
    async hold(key, { amount, approval }) {
      const found = find(key);
      if (found === undefined && behaviour.asksThePayer && approval) {
        const { expiresAt } = approval;
        charges.set(key, { state: 'awaiting', amount, chargeCancelled: false, expiresAt });
        asked(key);
        return open;
      }
      if (found === undefined) {
        become(key, { state: behaviour.declines ? 'declined' : 'held', amount, chargeCancelled: false });
        if (behaviour.declines) throw no('Z9');
        return done(key);
      }
      refuseWhatIsOver(found);
      return found.state === 'awaiting' ? open : done(key);
    },
    async capture(key) {
      const found = find(key);
      if (found === undefined) throw no('NotFoundError');
      refuseWhatIsOver(found);
      if (found.state === 'awaiting') throw new HoldAwaitingError({ key });
      if (found.state === 'held' && behaviour.settlesLate) {
        charges.set(key, { ...found, state: 'settling' });
        settles(key);
        return open;
      }
      if (found.state === 'held') {
        become(key, { ...found, state: 'taken' });
        clearing += found.amount;
      }
      return found.state === 'settling' ? open : done(key);
    },
    async refund(key) {
      const found = find(key);
      if (found === undefined) marked(key);
      if (found?.state === 'settling') throw pending();
      if ((found?.state === 'held' || found?.state === 'awaiting') && marks)
        charges.set(key, { ...found, chargeCancelled: true });
      if (found?.state === 'taken') {
        become(key, { ...found, state: 'refunded', chargeCancelled: marks });
        clearing -= found.amount;
      }
      return charges.get(key)?.state === 'refunded' ? 'reversed' : 'nothing';
    },
    async release(key) {
      const found = find(key);
      if (found === undefined) marked(key);
      if (found?.state === 'settling') throw pending();
      if (found?.state === 'taken') throw new HoldCapturedError({ key });
      if (found?.state === 'held') become(key, { ...found, state: 'voided' });
      // Nothing was set aside yet, so there is nothing to give back.
      if (found?.state === 'awaiting') charges.set(key, { ...found, state: 'cancelled' });
      return charges.get(key)?.state === 'voided' ? 'reversed' : 'nothing';
    },
    async learnDebit(key) {
      const found = charges.get(key);
      if (found === undefined) return undefined;
      refuseWhatIsOver(found);
      return answer(key);
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
    /** The payer approves or declines, as long as the request stands. */
    answer(key: string, says: 'approves' | 'declines') {
      const found = find(key);
      if (found?.state !== 'awaiting') return;
      const state = says === 'declines' || behaviour.declines ? 'declined' : 'held';
      become(key, { ...found, state });
      tell({ key, state });
    },
    /** What was captured comes. */
    settle(key: string) {
      const found = charges.get(key);
      if (found?.state !== 'settling') return;
      become(key, { ...found, state: 'taken' });
      clearing += found.amount;
      tell({ key, state: 'captured' });
    },
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
