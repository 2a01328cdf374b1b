import { beforeAll, describe, expect, it, vi } from 'vitest';
import { paise } from '../../shared/money/index.ts';
import {
  AT,
  back,
  backThrough,
  COMPLETED,
  comesAgain,
  knownRun,
  MOVES,
  pathTo,
  savedOf,
  type Way,
} from './case.fixture.ts';

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
});

/** What somebody did, and the refusal that it brought. */
const REFUSED: readonly (readonly [error: string, state: string, Omit<Way, 'path'>, seen: object])[] = [
  ['UserBlockedError', 'ValidateUser', {}, { payer: { blocked: true } }],
  ['KycRequiredError', 'CheckKyc', { payment: { amount: paise(6_000_000) } }, { payer: { kyc: 'basic' } }],
  ['KycRequiredError', 'CheckKyc', { payment: { amount: paise(2_000_000) } }, { payer: { kyc: 'minimal' } }],
  [
    'ManualReviewRequiredError',
    'CheckKyc',
    { payment: { amount: paise(6_000_000) } },
    { payer: { disputes: 5 } },
  ],
  ['MerchantSuspendedError', 'ValidateMerchant', {}, { merchant: { suspended: true } }],
  ['SettlementFrozenError', 'ValidateMerchant', {}, { merchant: { settlement: 'frozen' } }],
  ['MerchantLimitError', 'ValidateMerchant', { payment: { amount: paise(10_000_100) } }, { meanwhile: [] }],
  ['MerchantDailyLimitError', 'ValidateMerchant', {}, { merchant: { paidToday: 100_000_000 } }],
  [
    ...(['UpiCollectEndedError', 'ValidateMerchant', {}] as const),
    { order: { amount: 150_000, method: 'upi', upi: { flow: 'collect' } } },
  ],
  ['FraudSuspectedError', 'CheckFraud', {}, { payer: { disputes: 6 } }],
  [
    'FraudSuspectedError',
    'CheckFraud',
    { payment: { amount: paise(6_000_000) } },
    { payer: { disputes: 4 } },
  ],
  [
    'InsufficientFundsError',
    'ReserveFunds',
    { payment: { method: 'paytm_wallet' } },
    { payer: { wallet: 0 } },
  ],
];

describe('the world of a case', () => {
  it('leaves to a fault what its rule cannot have said at that step', async () => {
    const saved = await comesAgain({
      path: back('SettleMerchant', 'RefundCharge', 'ReleaseHold'),
      moved: [MOVES.charged, MOVES.refunded],
      reason: 'PaymentDeclinedError',
      failed: { SettleMerchant: ['PaymentDeclinedError'] },
    });
    expect(saved.bank.declines).toBe(false);
    expect(saved.faults).toMatchObject([
      { state: 'SettleMerchant', kind: 'error', error: 'PaymentDeclinedError', times: 1 },
    ]);
  });

  it.each(REFUSED)('brings %s about at %s again', async (error, state, way, seen) => {
    const saved = await comesAgain({
      ...way,
      path: back(state),
      reason: error,
      failed: { [state]: [error] },
    });
    expect(saved).toMatchObject(seen);
    expect(saved.faults).toEqual([]);
  });

  it('has a bank that declines', async () => {
    const { bank } = await comesAgain({
      path: back('ReserveFunds', 'ReleaseHold'),
      reason: 'PaymentDeclinedError',
      failed: { ReserveFunds: ['PaymentDeclinedError'] },
    });
    expect(bank).toEqual({ asksThePayer: false, declines: true, settlesLate: false });
  });

  it.each([
    ['MerchantSuspendedError', 'merchant_suspended'],
    ['SettlementFrozenError', 'settlement_frozen'],
    ['MerchantDailyLimitError', 'daily_limit_reached'],
  ])('has %s come about while it was under way', async (error, what) => {
    const { merchant, meanwhile } = await comesAgain({
      path: back('SettleMerchant', 'RefundCharge', 'ReleaseHold'),
      moved: [MOVES.charged, MOVES.refunded],
      reason: error,
      failed: { SettleMerchant: [error] },
    });
    expect(meanwhile).toEqual([{ before: 'SettleMerchant', what }]);
    expect(merchant).toEqual({ suspended: false, settlement: 'active', paidToday: 0 });
  });

  it('has the time run out before the last look at the clock', async () => {
    const { meanwhile } = await comesAgain({
      path: back('InTime', 'RefundCharge', 'ReleaseHold'),
      moved: [MOVES.charged, MOVES.refunded],
      reason: 'DeadlinePassedError',
    });
    expect(meanwhile).toEqual([{ before: 'ProcessPayment', what: 'deadline_passed' }]);
  });
});

describe('a wait of a run', () => {
  const again = (...states: string[]) => ['AwaitBank', 'Resume', 'Route', ...states];
  const asked = pathTo('Approved');
  const late = pathTo('InTime');
  const onward = COMPLETED.slice(COMPLETED.indexOf('ProcessPayment'));
  const settled = COMPLETED.slice(COMPLETED.indexOf('SettleMerchant'));
  const moved = [MOVES.charged, MOVES.settled];

  it('ends with the payer’s yes, after nothing', async () => {
    const look = again('ReserveFunds', 'Approved');
    const { waits, bank } = await comesAgain({ path: [...asked, ...look, ...look, ...onward], moved });
    expect(waits).toEqual(['nothing', 'approved']);
    expect(bank).toMatchObject({ asksThePayer: true, settlesLate: false });
  });

  it.each([
    ['declined', undefined],
    ['expired', 'expired'],
  ])('ends as the payer’s no: %s', async (end, heard) => {
    const { waits, bank } = await comesAgain({
      path: [...asked, ...again('ReserveFunds'), ...backThrough('ReleaseHold'), 'Refused'],
      reason: 'PaymentDeclinedError',
      failed: { ReserveFunds: ['PaymentDeclinedError'] },
      history: heard === undefined ? [] : [{ at: AT, what: 'heard', step: 'reserve_funds', bank: heard }],
    });
    expect(waits).toEqual([end]);
    expect(bank).toMatchObject({ asksThePayer: true, declines: false });
  });

  it('ends with the money, where it comes late', async () => {
    const { waits, bank } = await comesAgain({
      path: [...late, ...again('ProcessPayment', 'InTime'), ...settled],
      moved,
    });
    expect(waits).toEqual(['settled']);
    expect(bank).toMatchObject({ asksThePayer: false, settlesLate: true });
  });

  it('of two kinds ends twice', async () => {
    const { waits } = await comesAgain({
      path: [
        ...asked,
        ...again('ReserveFunds', 'Approved', 'ProcessPayment', 'InTime'),
        ...again('ProcessPayment', 'InTime'),
        ...settled,
      ],
      moved,
    });
    expect(waits).toEqual(['approved', 'settled']);
  });

  it('ends with the payment’s own time', () => {
    const { waits, meanwhile } = savedOf(
      knownRun({
        path: [
          ...late,
          ...again('ProcessPayment', 'InTime'),
          ...backThrough('RefundCharge', 'ReleaseHold'),
          'Compensated',
        ],
        reason: 'DeadlinePassedError',
      }),
    );
    expect({ waits, meanwhile }).toEqual({ waits: ['deadline_passed'], meanwhile: [] });
  });
});
