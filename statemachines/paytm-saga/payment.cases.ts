/** The named cases of a payment: each Retry, each Catch and each branch of a Choice is taken by one of them. */
import type { Act, Cases, MachineCase } from '../cases.fixture.ts';
import {
  answers,
  BACK,
  BEFORE_THE_PIVOT,
  BEST_EFFORT,
  CHOICES,
  closes,
  ENDINGS,
  ended,
  FORWARD,
  failed,
  family,
  faults,
  givingUp,
  lastAttempts,
  NEVER_ASKED,
  onwards,
  PASSED,
  parked,
  RETRY_TIMES,
  refusing,
  resumes,
  SOON,
  START,
  turnedAt,
  turns,
} from './payment.ways.fixture.ts';

const stories: Cases = {
  'a payment completes': {
    script: { ...resumes('ValidateUser'), ...closes('Completed') },
    path: [...START, ...onwards('ValidateUser')],
    ...ended('Completed'),
  },
  'every Lambda on the way forward answers at its last attempt': {
    script: {
      ...lastAttempts([...FORWARD].filter((state) => !CHOICES.includes(state))),
      Resume: [...faults(6), { answers: { next: 'ValidateUser', deadline: SOON } }],
      Close: [...faults(6, 3), { answers: { next: 'Completed' } }],
    },
    path: [...START, ...onwards('ValidateUser')],
    ...ended('Completed'),
    stock: RETRY_TIMES,
  },
  'every Lambda on the way back answers at its last attempt': {
    script: {
      ...resumes('InTime', PASSED),
      ...lastAttempts([...BACK]),
      TurnBack: [...faults(6), { answers: { next: 'RefundCharge' } }],
      Close: [...faults(6, 3), { answers: { next: 'Compensated' } }],
    },
    path: [...START, 'InTime', 'TurnBack', 'Route', ...onwards('RefundCharge')],
    told: { TurnBack: 'DeadlinePassedError' },
    ...ended('Compensated'),
    stock: RETRY_TIMES,
  },
  'parking succeeds at its last attempt': {
    script: { ...resumes('Park'), Park: [...faults(6), { answers: null }] },
    path: [...START, 'Park', 'NeedsAttention'],
    ...parked,
    stock: RETRY_TIMES,
  },
  'the deadline passes before the pivot': {
    script: { ...resumes('ProcessPayment', PASSED), ...turns('RefundCharge'), ...closes('Compensated') },
    path: [...START, 'ProcessPayment', 'InTime', 'TurnBack', 'Route', ...onwards('RefundCharge')],
    told: { TurnBack: 'DeadlinePassedError' },
    ...ended('Compensated'),
  },
  'the deadline has passed, but the pivot lies behind': {
    script: { ...resumes('NotifyMerchant', PASSED), ...closes('Completed') },
    path: [...START, ...onwards('NotifyMerchant')],
    ...ended('Completed'),
  },
  'the pivot refuses, and all is undone': turnedAt(
    'SettleMerchant',
    'SettlementFrozenError',
    refusing('SettleMerchant', 'SettlementFrozenError'),
  ),
  'the pivot gives up, but it had happened: the way is forward': {
    script: {
      ...resumes('InTime'),
      ...givingUp('SettleMerchant'),
      ...turns('NotifyMerchant'),
      ...closes('Completed'),
    },
    path: [...START, 'InTime', 'SettleMerchant', 'TurnBack', 'Route', ...onwards('NotifyMerchant')],
    told: { TurnBack: 'TransientError' },
    ...ended('Completed'),
    stock: RETRY_TIMES,
  },
  'another execution may act: this one ends at once': {
    script: refusing('Resume', 'SupersededError'),
    path: ['Resume'],
    ...failed('SupersededError'),
  },
  'another execution may act since this one began: it turns nothing back': {
    script: {
      ...resumes('CheckKyc'),
      ...refusing('CheckKyc', 'SupersededError'),
      ...refusing('TurnBack', 'SupersededError'),
    },
    path: [...START, 'CheckKyc', 'TurnBack'],
    told: { TurnBack: 'SupersededError' },
    ...failed('SupersededError'),
  },
  'a record that no rule knows is parked': {
    script: resumes('Nowhere'),
    path: [...START, 'Park', 'NeedsAttention'],
    ...parked,
  },
};

const WAITS = answers({ waits: true });
/** The state is left open, and after the wait, however it ends, the record is read again. */
const waitsAt = (state: 'ReserveFunds' | 'ProcessPayment', awaits: readonly Act[]): MachineCase => ({
  script: {
    ...{ ...resumes(state), [state]: WAITS, AwaitBank: awaits },
    ...{ [`${state}, again`]: answers(null), ...closes('Completed') },
  },
  path: [
    ...[...START, state, state === 'ReserveFunds' ? 'Approved' : 'InTime', 'AwaitBank'],
    ...[...START, ...onwards(state)],
  ],
  ...ended('Completed'),
});

/** Who waits for the bank, and how that ends. */
const waits: Cases = {
  'the payer approves while the machine waits': waitsAt('ReserveFunds', answers({})),
  'the payer is waited for, and the wait is over before anybody wakes it': waitsAt('ReserveFunds', [
    { silent: true },
  ]),
  'a wait that cannot be sent is sent again': waitsAt('ReserveFunds', [
    ...Array<Act>(3).fill({ throws: 'SQS.SdkClientException' }),
    ...answers({}),
  ]),
  'a wait that cannot be sent at all is passed over': waitsAt('ReserveFunds', [
    ...Array<Act>(4).fill({ throws: 'SQS.SdkClientException' }),
    NEVER_ASKED,
  ]),
  'the money comes while the machine waits': waitsAt('ProcessPayment', answers({})),
  'the payer never approves, and the deadline passes': {
    script: {
      ...{ ...resumes('ReserveFunds', PASSED), ReserveFunds: WAITS },
      ...{ ...turns('ReleaseHold'), ...closes('Refused') },
    },
    path: [
      ...START,
      'ReserveFunds',
      'Approved',
      'TurnBack',
      'Route',
      ...onwards('ReleaseHold').slice(0, -1),
      'Refused',
    ],
    told: { TurnBack: 'DeadlinePassedError' },
    ...ended('Refused'),
  },
  'the bank declines what the payer was asked for': {
    script: {
      ...{ ...resumes('ReserveFunds'), ReserveFunds: WAITS, AwaitBank: answers({}) },
      'ReserveFunds, again': [{ throws: 'PaymentDeclinedError' }, NEVER_ASKED],
      ...{ ...turns('ReleaseHold'), ...closes('Refused') },
    },
    path: [
      ...[...START, 'ReserveFunds', 'Approved', 'AwaitBank', ...START, 'ReserveFunds'],
      ...['TurnBack', 'Route', 'ReleaseHold', 'Close', 'Route', 'Refused'],
    ],
    told: { TurnBack: 'PaymentDeclinedError' },
    ...ended('Refused'),
  },
  'another execution may act when this one has waited': {
    script: {
      ...{ ...resumes('ReserveFunds'), ReserveFunds: WAITS, AwaitBank: answers({}) },
      'Resume, again': [{ throws: 'SupersededError' }, NEVER_ASKED],
    },
    path: [...START, 'ReserveFunds', 'Approved', 'AwaitBank', 'Resume'],
    ...failed('SupersededError'),
  },
};

/** One case for each state that can be gone on at. */
const resumed: Cases = {
  ...family(
    [...FORWARD].filter((state) => state !== 'SettleMerchant' && state !== 'Approved'),
    (state) => `another execution goes on at ${state}`,
    (state) => ({
      script: { ...resumes(state), ...closes('Completed') },
      path: [...START, ...onwards(state)],
      ...ended('Completed'),
    }),
  ),
  ...family(
    BACK,
    (state) => `another execution goes on at ${state}`,
    (state) => ({
      script: { ...resumes(state), ...closes('Compensated') },
      path: [...START, ...onwards(state)],
      ...ended('Compensated'),
    }),
  ),
  'another execution goes on at Close': {
    script: { ...resumes('Close'), ...closes('Refused') },
    path: [...START, 'Close', 'Route', 'Refused'],
    ...ended('Refused'),
  },
  ...family(
    ENDINGS,
    (state) => `another execution finds it ${state}`,
    (state) => ({
      script: resumes(state),
      path: [...START, state],
      ends: { output: { next: state, deadline: SOON } },
    }),
  ),
};

/** One case for each way in which a step can fail. */
const failures: Cases = {
  ...family(
    BEFORE_THE_PIVOT,
    (state) => `${state} refuses`,
    (state) => turnedAt(state, 'RefusedError', refusing(state, 'RefusedError')),
  ),
  ...family(
    [...BEFORE_THE_PIVOT, 'SettleMerchant'] as const,
    (state) => `${state} gives up`,
    (state) => ({ ...turnedAt(state, 'TransientError', givingUp(state)), stock: RETRY_TIMES }),
  ),
  ...family(
    BEST_EFFORT,
    (state) => `${state} refuses, and the payment completes without it`,
    (state) => ({
      script: { ...resumes(state), ...refusing(state, 'RefusedError'), ...closes('Completed') },
      path: [...START, ...onwards(state)],
      ...ended('Completed'),
    }),
  ),
  ...family(
    BEST_EFFORT,
    (state) => `${state} gives up, and the payment completes without it`,
    (state) => ({
      script: { ...resumes(state), ...givingUp(state), ...closes('Completed') },
      path: [...START, ...onwards(state)],
      ...ended('Completed'),
      stock: RETRY_TIMES,
    }),
  ),
  ...family(
    BACK,
    (state) => `${state} fails until it is parked`,
    (state) => ({
      script: { ...resumes(state), ...givingUp(state) },
      path: [...START, state, 'Park', 'NeedsAttention'],
      told: { Park: 'TransientError' },
      ...parked,
      stock: RETRY_TIMES,
    }),
  ),
  ...family(
    BACK,
    (state) => `${state} cannot be, and is parked at once`,
    (state) => ({
      script: { ...resumes(state), ...refusing(state, 'UnexpectedError') },
      path: [...START, state, 'Park', 'NeedsAttention'],
      told: { Park: 'UnexpectedError' },
      ...parked,
    }),
  ),
  // The sweeper starts the saga anew: nothing catches these.
  ...family(
    ['Close', 'Park'] as const,
    (state) => `another execution may act when this one comes to ${state}`,
    (state) => ({
      script: { ...resumes(state), ...refusing(state, 'SupersededError') },
      path: [...START, state],
      ...failed('SupersededError'),
    }),
  ),
  ...family(
    ['Resume', 'TurnBack', 'Close', 'Park'] as const,
    (state) => `${state} gives up, and the execution fails`,
    (state) => ({
      script: {
        ...resumes(state === 'TurnBack' ? 'InTime' : state, PASSED),
        ...givingUp(state),
      },
      path: state === 'Resume' ? [state] : [...START, ...(state === 'TurnBack' ? ['InTime'] : []), state],
      ...(state === 'TurnBack' ? { told: { TurnBack: 'DeadlinePassedError' } } : {}),
      ...failed('TransientError'),
      stock: RETRY_TIMES,
    }),
  ),
};

export const paymentCases: Cases = { ...stories, ...waits, ...resumed, ...failures };
