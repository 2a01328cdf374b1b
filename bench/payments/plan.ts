/** What is paid and what fails, drawn from a seed: the same seed is the same run. */
import type { FaultToArm } from '../../shared/faults/index.ts';
import { dice } from '../../shared/testing/dice.ts';
/** The ways to pay that are mixed. */
export const METHODS = ['paytm_wallet', 'upi', 'credit_card', 'debit_card', 'net_banking'] as const;
export type PaidBy = (typeof METHODS)[number];

/** The tasks of a payment that nothing is in the way of, in order, by their files. */
export const STRAIGHT = [
  ...['resume', 'validate-user', 'check-kyc', 'validate-merchant', 'check-fraud', 'reserve-funds'],
  ...['process-payment', 'settle-merchant', 'notify-merchant', 'send-receipt', 'update-analytics', 'close'],
] as const;

/** Called only when a payment turns back. */
const WAY_BACK = [
  ...['paytm-saga-turn-back', 'paytm-saga-refund-charge', 'paytm-saga-release-hold'],
  'sandbox-bank-cancel-capture',
];
/** Called only when a bank pays. */
const OF_THE_BANK = ['sandbox-bank-place-hold', 'sandbox-bank-capture-hold', 'sandbox-bank-cancel-capture'];

const TARGETS: readonly string[] = [
  'paytm-saga-start-payment',
  ...STRAIGHT.map((file) => `paytm-saga-${file}`),
  ...OF_THE_BANK.slice(0, 2),
  ...WAY_BACK,
];

/** Every kind at every point; `always` outlives each retry of a task. */
const WAYS: readonly Way[] = [
  ...(['error', 'throttle', 'crash', 'timeout', 'slow'] as const).flatMap((kind) =>
    (['before', 'after'] as const).map((point) => ({ kind, point, times: 1 })),
  ),
  { kind: 'duplicate', point: 'before', times: 1 },
  ...(['error', 'throttle', 'crash'] as const).flatMap((kind) =>
    (['before', 'after'] as const).map((point) => ({ kind, point, times: 10 })),
  ),
];

interface Way {
  readonly kind: FaultToArm['kind'];
  readonly point: FaultToArm['point'];
  /** How many calls. */
  readonly times: number;
}

/** What is armed for one payment. */
export interface PlannedFault extends Way {
  readonly function: string;
  /** The name of an error that no retry helps against. @default one that is retried */
  readonly error?: string;
}

export interface Planned {
  readonly method: PaidBy;
  /** The fault it is about first, then what has to be so that it is met. */
  readonly faults: readonly PlannedFault[];
}

/** What sends a payment back: the merchant's account, at the pivot. */
const TURNS_BACK: PlannedFault = {
  ...{ function: 'paytm-saga-settle-merchant', kind: 'error', point: 'before', times: 1 },
  error: 'SettlementFrozenError',
};

/** So many payments, each tenth with a fault; no two faults are alike before all were drawn. */
export const planOf = (seed: number, count: number): readonly Planned[] => {
  const { chance: random } = dice(seed);
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(random() * from.length)];
    if (found === undefined) throw new RangeError('there is nothing to pick from');
    return found;
  };
  let deck: PlannedFault[] = [];
  const drawn = (): PlannedFault => {
    if (deck.length === 0) deck = shuffled(everyFault(), random);
    return deck.pop() as PlannedFault;
  };
  const withFault = (): Planned => {
    const fault = drawn();
    const methods = OF_THE_BANK.includes(fault.function)
      ? METHODS.filter((method) => method !== 'paytm_wallet')
      : METHODS;
    return {
      method: pick(methods),
      faults: WAY_BACK.includes(fault.function) ? [fault, TURNS_BACK] : [fault],
    };
  };
  return Array.from({ length: count }, (_, n) =>
    n % 10 === 9 ? withFault() : { method: pick(METHODS), faults: [] },
  );
};

const everyFault = (): PlannedFault[] =>
  TARGETS.flatMap((target) => WAYS.map((way) => ({ function: target, ...way })));

const shuffled = <T>(from: readonly T[], random: () => number): T[] =>
  from
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
