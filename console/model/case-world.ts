/** The world in which a run goes the same way: what of payer, merchant and bank made it end as it did. */
import type { Meanwhile, SavedCase, WaitEnd } from '../../functions/paytm-saga/contract.case.ts';
import type { HistoryEntry } from '../../functions/paytm-saga/contract.history.ts';
import type { PaymentView } from '../../functions/paytm-saga/contract.ts';
import type { Unexplained } from './case-faults.ts';

interface Told {
  readonly path: readonly string[];
  readonly payment: PaymentView;
  readonly history: readonly HistoryEntry[];
  /** The attempts that failed, and that no armed fault explains. */
  readonly failed: readonly Unexplained[];
}

export interface World extends Pick<SavedCase, 'bank' | 'waits'> {
  readonly payer: Omit<SavedCase['payer'], 'wallet'> & { readonly wallet: number };
  readonly merchant: Omit<SavedCase['merchant'], 'paidToday'> & { readonly paidToday: number };
  readonly meanwhile: readonly Meanwhile[];
  /** It was ordered by UPI collect. */
  readonly collect: boolean;
  /** The refusals that this world brings about by itself. */
  readonly natural: readonly Unexplained[];
}

/** Rupees in paise, and what a merchant may be paid a day: a case that says less is a case that no longer fails. */
const RUPEES_10_000 = 1_000_000;
const RUPEES_50_000 = 5 * RUPEES_10_000;
const A_DAY = 100 * RUPEES_10_000;

type Facts = {
  readonly payer?: Partial<World['payer']>;
  readonly merchant?: Partial<World['merchant']>;
  readonly meanwhile?: Meanwhile['what'];
  readonly declines?: true;
  readonly collect?: true;
};

/** What makes a rule refuse, by the name of its refusal; the rules are those of `functions/paytm-saga/domain/rules.ts`. */
const REFUSALS: {
  readonly [error: string]: {
    /** The states at which it can come about by itself. Elsewhere somebody armed it. */
    readonly at: readonly string[];
    readonly facts: (order: { readonly amount: number; readonly isFirstLook: boolean }) => Facts;
  };
} = {
  UserBlockedError: { at: ['ValidateUser'], facts: () => ({ payer: { blocked: true } }) },
  KycRequiredError: {
    at: ['CheckKyc'],
    facts: ({ amount }) => ({ payer: { kyc: amount > RUPEES_50_000 ? 'basic' : 'minimal' } }),
  },
  ManualReviewRequiredError: { at: ['CheckKyc'], facts: () => ({ payer: { disputes: 5 } }) },
  MerchantSuspendedError: {
    at: ['ValidateMerchant', 'SettleMerchant'],
    facts: ({ isFirstLook }) =>
      isFirstLook ? { merchant: { suspended: true } } : { meanwhile: 'merchant_suspended' },
  },
  SettlementFrozenError: {
    at: ['ValidateMerchant', 'SettleMerchant'],
    facts: ({ isFirstLook }) =>
      isFirstLook ? { merchant: { settlement: 'frozen' } } : { meanwhile: 'settlement_frozen' },
  },
  MerchantLimitError: { at: ['ValidateMerchant'], facts: () => ({}) },
  MerchantDailyLimitError: {
    at: ['ValidateMerchant', 'SettleMerchant'],
    facts: ({ isFirstLook }) =>
      isFirstLook ? { merchant: { paidToday: A_DAY } } : { meanwhile: 'daily_limit_reached' },
  },
  // With more disputes a large amount is for a person to look at first.
  FraudSuspectedError: {
    at: ['CheckFraud'],
    facts: ({ amount }) => ({ payer: { disputes: amount > RUPEES_50_000 ? 4 : 6 } }),
  },
  UpiCollectEndedError: { at: ['ValidateMerchant'], facts: () => ({ collect: true }) },
  InsufficientFundsError: { at: ['ReserveFunds'], facts: () => ({ payer: { wallet: 0 } }) },
  PaymentDeclinedError: { at: ['ReserveFunds'], facts: () => ({ declines: true }) },
};

export const worldOf = ({ path, payment, history, failed }: Told): World => {
  const natural = failed.filter(({ state, error }) => REFUSALS[error]?.at.includes(state) === true);
  const facts = natural.map(({ state, error }) => ({
    state,
    ...REFUSALS[error]?.facts({ amount: payment.amount, isFirstLook: state !== 'SettleMerchant' }),
  }));
  const isDeclined = facts.some(({ declines }) => declines);
  const places = path.flatMap((state, at) => (state === 'AwaitBank' ? [at] : []));
  const asksThePayer = places.some((at) => path[at - 1] === 'Approved');
  const end = { isDeclined, isExpired: history.some(({ bank }) => bank === 'expired') };
  const waits = places.map((at) => waitEnd(path, at, end));
  const late = latePlace(path);
  return {
    payer: Object.assign(
      { kyc: 'full', blocked: false, disputes: 0 } as const,
      { wallet: payment.method === 'paytm_wallet' ? payment.amount : 0 },
      ...facts.map(({ payer }) => payer),
    ),
    merchant: Object.assign(
      { suspended: false, settlement: 'active', paidToday: 0 } as const,
      ...facts.map(({ merchant }) => merchant),
    ),
    bank: {
      asksThePayer,
      // A payer who was asked has said no while the machine waited.
      declines: isDeclined && !asksThePayer,
      settlesLate: places.some((at) => path[at - 1] === 'InTime'),
    },
    waits,
    meanwhile: [
      ...facts.flatMap(({ state, meanwhile }) => (meanwhile ? [{ before: state, what: meanwhile }] : [])),
      ...(late !== undefined && !waits.includes('deadline_passed')
        ? [{ before: late, what: 'deadline_passed' } as const]
        : []),
    ],
    collect: facts.some(({ collect }) => collect),
    natural,
  };
};

/** The state before the Choice that found the payment too late, if one did: nothing else leads from there to the turn. */
const latePlace = (path: readonly string[]): string | undefined => {
  const turn = path.indexOf('TurnBack');
  return turn > 1 && /^(Approved|InTime)$/.test(path[turn - 1] ?? '') ? path[turn - 2] : undefined;
};

/** How a wait ended, as the way from there on tells; whether somebody was woken or looked by themselves is no matter. */
const waitEnd = (
  path: readonly string[],
  at: number,
  { isDeclined, isExpired }: { readonly isDeclined: boolean; readonly isExpired: boolean },
): WaitEnd => {
  const question = path[at - 1];
  const next = path.indexOf('AwaitBank', at + 1);
  if (next > 0 && path[next - 1] === question) return 'nothing';
  const turn = path.indexOf('TurnBack', at + 1);
  // Straight back from the question that it had waited at.
  if (next < 0 && turn > 0 && path[turn - 1] === question) return 'deadline_passed';
  if (question === 'InTime') return 'settled';
  if (!isDeclined) return 'approved';
  return isExpired ? 'expired' : 'declined';
};
