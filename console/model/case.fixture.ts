/** Test help: a run of the payment saga as the console knows it, from the way that it took. */
import { expect } from 'vitest';
import type { RunEvent } from '../../functions/console/contract.ts';
import type { SavedCase } from '../../functions/paytm-saga/contract.case.ts';
import type { HistoryEntry } from '../../functions/paytm-saga/contract.history.ts';
import { MerchantId, PaymentId, PaymentView, UserId } from '../../functions/paytm-saga/contract.ts';
import { playSaved, wantedOf } from '../../functions/paytm-saga/saved-case.fixture.ts';
import definition from '../../statemachines/paytm-saga/payment.asl.json' with { type: 'json' };
import { caseFrom, type KnownRun } from './case.ts';
import { runAfter } from './run.ts';
import { type States, statesOf } from './waiting.ts';

export const PAYMENT = PaymentId.parse('payment_0198c0de-0000-7000-8000-000000000030');
const PAYER = UserId.parse('user_0198c0de-0000-7000-8000-000000000001');
const MERCHANT = MerchantId.parse('merchant_0198c0de-0000-7000-8000-000000000002');
export const AT = '2026-11-24T10:00:00.000Z';

/** `SettleMerchant` → `paytm-saga-settle-merchant`. */
export const functionOf = (state: string): string =>
  `paytm-saga${state.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** As it is deployed: a template has put in what the Lambdas are called. */
export const states: States = statesOf(
  JSON.stringify(definition).replaceAll(/"\$\{([A-Za-z]+)\}"/g, (_, name: string) =>
    JSON.stringify(`arn:aws:lambda:ap-south-1:000000000000:function:${functionOf(name)}`),
  ),
);
const FORWARD = [
  ...['ValidateUser', 'CheckKyc', 'ValidateMerchant', 'CheckFraud', 'ReserveFunds', 'Approved'],
  ...['ProcessPayment', 'InTime', 'SettleMerchant', 'NotifyMerchant', 'SendReceipt', 'UpdateAnalytics'],
];
const BEGINNING = ['Resume', 'Route'];
/** From the beginning to a state, without waiting. */
export const pathTo = (state: string): string[] => [
  ...BEGINNING,
  ...FORWARD.slice(0, FORWARD.indexOf(state) + 1),
];
export const COMPLETED = [...pathTo('UpdateAnalytics'), 'Close', 'Route', 'Completed'];
/** The way back, through the states that undo something. */
export const backThrough = (...undoing: string[]): string[] => [
  'TurnBack',
  'Route',
  ...undoing,
  'Close',
  'Route',
];

/** To a state, and from there the whole way back. */
export const back = (state: string, ...undoing: string[]) => [
  ...pathTo(state),
  ...backThrough(...undoing),
  undoing.includes('RefundCharge') ? 'Compensated' : 'Refused',
];

/** What the ledger moves, by Rs 1,500. */
const wallet = (account: 'wallet' | 'hold', amount: number) => ({ account: `${account}:${PAYER}`, amount });
export const MOVES = {
  held: [wallet('wallet', -150_000), wallet('hold', 150_000)],
  charged: [{ account: 'bank-clearing', amount: -150_000 }, wallet('hold', 150_000)],
  settled: [
    wallet('hold', -150_000),
    { account: `merchant:${MERCHANT}`, amount: 145_500 },
    { account: 'commission', amount: 3_814 },
    { account: 'gst-output', amount: 686 },
  ],
  refunded: [wallet('hold', -150_000), { account: 'bank-clearing', amount: 150_000 }],
} as const;

export interface Way {
  readonly path: readonly string[];
  /** The attempts of a state that failed, by the names of their errors; '' is one whose time ran out. */
  readonly failed?: { readonly [state: string]: readonly string[] };
  /** States whose last failure was the end of trying, though the way does not show it. */
  readonly givenUp?: readonly string[];
  readonly payment?: Partial<PaymentView>;
  readonly reason?: string;
  readonly moved?: readonly (readonly { readonly account: string; readonly amount: number }[])[];
  readonly history?: readonly HistoryEntry[];
  readonly faults?: KnownRun['faults'];
}

/** A run that took this way, once to its end. */
export const knownRun = ({
  path,
  payment = {},
  reason,
  moved = [],
  history = [],
  faults = [],
  ...way
}: Way): KnownRun => ({
  name: 'a-case',
  payment: PaymentView.parse({
    ...{ id: PAYMENT, reference: 'vada-pav', payer: PAYER, merchant: MERCHANT, amount: 150_000 },
    ...{ currency: 'INR', method: 'upi', steps: [], undone: [], createdAt: AT, endedAt: AT },
    status: STATUS[path.at(-1) ?? ''] ?? 'in_progress',
    ...(reason === undefined ? {} : { reason: { name: reason, detail: 'Why.' } }),
    ...payment,
  }),
  history: [
    { at: AT, what: 'accepted', by: PAYER },
    ...moved.map(
      (postings): HistoryEntry => ({ at: AT, what: 'done', execution: 1, postings: [...postings] }),
    ),
    ...history,
    { at: AT, what: 'ended', execution: 1 },
  ],
  run: runAfter(eventsOf({ path, ...way })),
  ...{ states, faults },
});

const STATUS: { readonly [state: string]: PaymentView['status'] } = {
  ...{ Completed: 'completed', Refused: 'refused', Compensated: 'compensated' },
  NeedsAttention: 'needs_attention',
};

/** The history that Step Functions would have written. */
const eventsOf = ({
  path,
  failed = {},
  givenUp = [],
}: Pick<Way, 'path' | 'failed' | 'givenUp'>): RunEvent[] => {
  const events: RunEvent[] = [];
  const write = (type: string, facts: RunEvent['facts'] = {}) => {
    const id = events.length + 1;
    events.push({ id, previous: id - 1, at: AT, type, facts, payloads: {} });
  };
  write('ExecutionStarted');
  for (const [n, name] of path.entries()) {
    const type = states[name]?.Type ?? 'Succeed';
    write(`${type}StateEntered`, { name });
    if (type === 'Task') {
      // The failures are those of the last time that it was come to.
      const errors = path.indexOf(name, n + 1) < 0 ? (failed[name] ?? []) : [];
      for (const error of errors) {
        write('TaskScheduled');
        if (error === '') write('TaskTimedOut');
        else write('TaskFailed', { error });
      }
      const next = path[n + 1] ?? '';
      const isCaught = errors.length > 0 && (['TurnBack', 'Park'].includes(next) || givenUp.includes(name));
      if (!isCaught) for (const what of ['TaskScheduled', 'TaskSucceeded']) write(what);
    }
    write(`${type}StateExited`, { name });
  }
  if ((path.at(-1) ?? '') in STATUS) write('ExecutionSucceeded');
  return events;
};

/** The case of a run that can be saved. */
export const savedOf = (known: KnownRun): SavedCase => {
  const saving = caseFrom(known);
  if (!('saved' in saving)) throw new Error(saving.why.en);
  return saving.saved;
};
/** Which of path, end and books a case brings about when it is played; the steps are the view's, which is empty here. */
const played = async (saved: SavedCase) => {
  const { done: _, undone: __, ...came } = await playSaved(saved);
  const { done: ___, undone: ____, ...wanted } = wantedOf(saved);
  return { came, wanted };
};
/** The case of a run, after it has been played: what the run did comes about again. */
export const comesAgain = async (way: Way): Promise<SavedCase> => {
  const saved = savedOf(knownRun(way));
  const { came, wanted } = await played(saved);
  expect(came).toEqual(wanted);
  return saved;
};
