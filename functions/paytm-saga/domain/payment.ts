import type { Paise } from '../../../shared/money/index.ts';
import {
  type EmiMonths,
  type LinkId,
  type MerchantId,
  type Method,
  type PaymentId,
  type PaymentStatus,
  StepName,
  type UpiOrder,
  type UserId,
} from '../contract.ts';
import type { Approval } from './instruments.ts';

/** The ten steps in their order. The seventh is the pivot: before it a failure turns back, after it nothing does. */
export const STEPS: readonly StepName[] = StepName.options;

export const PIVOT = 'settle_merchant' satisfies StepName;

/** The steps that have something to undo, newest first, and the state that undoes each. */
export const COMPENSATIONS = [
  { step: 'process_payment', state: 'RefundCharge', effect: 'refund_charge' },
  { step: 'reserve_funds', state: 'ReleaseHold', effect: 'release_hold' },
] as const satisfies readonly { step: StepName; state: string; effect: string }[];

export type CompensatedStep = (typeof COMPENSATIONS)[number]['step'];

/** The state of the machine that does a step, or asks the last question before it. */
const STATE_OF: { readonly [S in StepName]: string } = {
  validate_user: 'ValidateUser',
  check_kyc: 'CheckKyc',
  validate_merchant: 'ValidateMerchant',
  check_fraud: 'CheckFraud',
  reserve_funds: 'ReserveFunds',
  process_payment: 'ProcessPayment',
  settle_merchant: 'InTime',
  notify_merchant: 'NotifyMerchant',
  send_receipt: 'SendReceipt',
  update_analytics: 'UpdateAnalytics',
};

const END_OF: { readonly [S in Exclude<PaymentStatus, 'in_progress'>]: string } = {
  completed: 'Completed',
  refused: 'Refused',
  compensated: 'Compensated',
  needs_attention: 'Park',
};

/** What the record knows of a step: asked (a remote effect may have happened) or done, when, and its facts. */
export interface StepRecord {
  readonly state: 'asked' | 'done';
  readonly at: string;
  readonly [fact: string]: string | number | boolean;
}

/** `reversed`: something had happened and was undone; `nothing`: it never happened, and a late arrival is refused. */
export interface Undone {
  readonly at: string;
  readonly outcome: 'reversed' | 'nothing';
}

/** Somebody looked at a payment that needed attention, and let it go on. */
export interface Resumption {
  readonly at: string;
  /** The subject of the operator's token, or {@link SWEEPER}. */
  readonly by: string;
  /** Why, in the operator's words. */
  readonly reason: string;
  /** The error that had needed attention. */
  readonly after: string;
  /** The number of the execution that goes on. */
  readonly execution: number;
}

/** What an error said, by name. */
export type Facts = { readonly [name: string]: string | number };

/** The saga's record: it decides, the machine drives. */
export interface Payment {
  readonly id: PaymentId;
  /** What whoever started it calls it; unique per payer. */
  readonly reference: string;
  readonly payer: UserId;
  readonly merchant: MerchantId;
  readonly amount: Paise;
  readonly method: Method;
  /** How the payer approves it, and until when; of UPI and net banking. */
  readonly approval?: Approval;
  /** What a UPI payer was asked by, as it was ordered. */
  readonly upi?: UpiOrder;
  readonly emiMonths?: EmiMonths;
  readonly description?: string;
  readonly callbackUrl?: string;
  readonly metadata: { readonly [key: string]: string };
  /** The subject of the token that started it; payments from before it was kept have none. */
  readonly startedBy?: string;
  /** By which a system started it. */
  readonly link?: LinkId;
  /** Whose order was made once more, in a local city. */
  readonly rerunOf?: PaymentId;
  readonly status: PaymentStatus;
  readonly direction: 'forward' | 'back';
  /** The number of the one execution that may act; raised by condition before the next one starts. */
  readonly actor: number;
  readonly steps: { readonly [S in StepName]?: StepRecord };
  readonly undone: { readonly [S in CompensatedStep]?: Undone };
  /** The execution that waits for the bank, and what wakes it; nothing outside the system knows the token. */
  readonly waiting?: { readonly token: string; readonly execution: string };
  /** What the bank has told last of a step that it had left open. It is asked again all the same. */
  readonly heard?: { readonly step: CompensatedStep; readonly what: string; readonly at: string };
  /** Why it turned back: the name of the error, what it said, and the facts in it. */
  readonly turn?: {
    readonly error: string;
    readonly cause: string;
    readonly facts: Facts;
    readonly at: string;
  };
  /** ISO 8601; looked at once, before the pivot. */
  readonly deadline: string;
  readonly createdAt: string;
  readonly endedAt?: string;
  /** The error that a person has to look at, when it needs attention. */
  readonly attention?: string;
  /** The facts in it. */
  readonly attentionFacts?: Facts;
  /** Who let it go on after it had needed attention, oldest first. */
  readonly resumptions?: readonly Resumption[];
  /** What of the amount has been refunded, also where the payer does not have it yet. */
  readonly refunded?: Paise;
  /** How many events have told of it. */
  readonly told?: number;
  readonly correlationId: string;
  readonly traceparent: string;
}

/**
 * Where a payment stands: the name of the state that comes next. The one function behind Resume, TurnBack and
 * Close, so that a first start, a resume after a crash and a redrive take the same path.
 */
export const next = (payment: Pick<Payment, 'status' | 'direction' | 'steps' | 'undone'>): string => {
  if (payment.status !== 'in_progress') return END_OF[payment.status];
  if (payment.direction === 'back') {
    const open = COMPENSATIONS.find(({ step }) => payment.steps[step] && !payment.undone[step]);
    return open?.state ?? 'Close';
  }
  const unfinished = STEPS.find((step) => payment.steps[step]?.state !== 'done');
  return unfinished ? STATE_OF[unfinished] : 'Close';
};

/** The step that waits for the payer or the bank, if one does: it was asked for, and is not done. */
export const openStep = ({ steps }: Pick<Payment, 'steps'>): CompensatedStep | undefined =>
  COMPENSATIONS.find(({ step }) => steps[step]?.state === 'asked')?.step;

/**
 * The ending that a payment has earned. Compensated means that at least one effect was undone, whatever the
 * reason; refused, that there was nothing to undo.
 */
export const ending = (
  payment: Pick<Payment, 'direction' | 'undone'>,
): 'completed' | 'refused' | 'compensated' => {
  if (payment.direction === 'forward') return 'completed';
  return Object.values(payment.undone).some(({ outcome }) => outcome === 'reversed')
    ? 'compensated'
    : 'refused';
};

/** How many executions have tried since the payment was accepted, or since a person let it go on. */
export const tried = ({ actor, resumptions = [] }: Pick<Payment, 'actor' | 'resumptions'>): number =>
  actor - (resumptions.at(-1)?.execution ?? 1) + 1;

/** Whoever lets a payment go on that is no person. */
export const SWEEPER = 'sweeper';

/** So long money may be held for a payment that goes nowhere (spec section 3, "Funds"). */
const HOLD_MS = 15 * 60 * 1000;

/**
 * Whether the payer has waited long enough for a person: the payment needs attention, still holds, or may hold, their
 * money, and has not come to its merchant. That is said once; what comes of it, and fails again, is for a person.
 */
export const holdHasExpired = (
  {
    status,
    steps,
    undone,
    createdAt,
    resumptions = [],
  }: Pick<Payment, 'status' | 'steps' | 'undone' | 'createdAt' | 'resumptions'>,
  now: Date,
): boolean =>
  status === 'needs_attention' &&
  steps[PIVOT] === undefined &&
  COMPENSATIONS.some(({ step }) => steps[step] && !undone[step]) &&
  now.getTime() >= Date.parse(createdAt) + HOLD_MS &&
  resumptions.every(({ by }) => by !== SWEEPER);

/** Best-effort steps that were given up: the payment completed without them, and its record says so. */
export const skipped = (payment: Pick<Payment, 'steps'>): StepName[] =>
  STEPS.filter((step) => payment.steps[step]?.state !== 'done');

/** The key under which the bank knows a payment's money: the owner's, never the caller's or the execution's. */
export const bankKey = (id: PaymentId): string => id;
