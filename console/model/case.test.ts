import { beforeAll, describe, expect, it, vi } from 'vitest';
import { AT, back, COMPLETED, comesAgain, functionOf, knownRun, MOVES, savedOf } from './case.fixture.ts';
import { caseFrom, caseText, type KnownRun } from './case.ts';
import type { ArmedAt } from './case-faults.ts';
import { runAfter } from './run.ts';

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
});

const charged = { path: COMPLETED, moved: [MOVES.charged, MOVES.settled] };

describe('the case of a run', () => {
  it('has what went in and what came out, by whose it was', async () => {
    const saved = await comesAgain({
      path: COMPLETED,
      payment: { method: 'paytm_wallet' },
      moved: [MOVES.held, MOVES.settled],
    });
    expect(saved).toMatchObject({
      ...{ version: 1, name: 'a-case', at: '2026-11-24T10:00:00.000Z', waits: [], faults: [], meanwhile: [] },
      ...{ order: { amount: 150_000, method: 'paytm_wallet' }, payer: { wallet: 150_000 } },
      expected: {
        ...{ path: COMPLETED, ending: { status: 'completed' } },
        books: {
          ...{ 'wallet:payer': -150_000, 'hold:payer': 0, merchant: 145_500 },
          ...{ commission: 3_814, 'gst-output': 686 },
        },
      },
    });
    expect(caseText(saved)).toMatch(/^\{\n {2}"version": 1,[\s\S]*\}\n$/);
  });

  it('has the months of an EMI, and what is done and undone', () => {
    const at = '2026-11-24T10:00:01.000Z';
    const { order, expected } = savedOf(
      knownRun({
        ...charged,
        payment: {
          ...{ method: 'emi', emiMonths: 6 },
          steps: [
            { step: 'check_kyc', state: 'done', at },
            { step: 'process_payment', state: 'asked', at },
          ],
          undone: [{ step: 'reserve_funds', outcome: 'reversed', at }],
        },
      }),
    );
    expect(order).toEqual({ amount: 150_000, method: 'emi', emiMonths: 6 });
    expect(expected).toMatchObject({
      ...{ done: ['check_kyc'], undone: [{ step: 'reserve_funds', outcome: 'reversed' }] },
    });
  });

  it('leaves out what was refunded afterwards', () => {
    const refund = { at: '2026-11-24T11:00:00.000Z', what: 'refund_accepted', execution: 1 } as const;
    const { expected } = savedOf(
      knownRun({ ...charged, history: [{ ...refund, postings: [{ account: 'refunds-due', amount: 1 }] }] }),
    );
    expect(expected.books).not.toHaveProperty('refunds-due');
  });
});

describe('a fault of a run', () => {
  const at = (state: string, fault: Omit<ArmedAt, 'function'>): ArmedAt => ({
    ...{ function: functionOf(state) },
    ...fault,
  });
  const once = { point: 'before', times: 1 } as const;

  it('is in the case as often as it happened, however often it was armed', async () => {
    const armed = { ...at('ProcessPayment', { kind: 'error', times: 5 }), id: 'fault_1', activeFrom: AT };
    const failed = { ProcessPayment: ['TransientError', 'TransientError'] };
    const { faults } = await comesAgain({ ...charged, failed, faults: [armed] });
    expect(faults).toEqual([{ ...once, state: 'ProcessPayment', kind: 'error', times: 2 }]);
  });

  it('is left out where it met nothing', async () => {
    const { faults } = await comesAgain({
      ...charged,
      faults: [at('RefundCharge', { kind: 'error' }), at('SendReceipt', { kind: 'crash' })],
    });
    expect(faults).toEqual([]);
  });

  it('that nobody armed is one, so that the case needs no luck', async () => {
    const failed = { ReserveFunds: ['Lambda.Unknown', ''] };
    const { faults } = await comesAgain({ ...charged, failed });
    expect(faults).toEqual([
      { ...once, state: 'ReserveFunds', kind: 'error', error: 'Lambda.Unknown' },
      { ...once, state: 'ReserveFunds', kind: 'timeout' },
    ]);
  });

  it('keeps its point and slowness, and its place before what comes after it', async () => {
    const { faults } = await comesAgain({
      ...charged,
      failed: { SettleMerchant: ['Runtime.ExitError'] },
      faults: [
        at('SettleMerchant', { kind: 'crash', point: 'after' }),
        at('SettleMerchant', { kind: 'slow', slowMs: 2_000 }),
        at('CheckKyc', { kind: 'duplicate' }),
      ],
    });
    expect(faults).toEqual([
      { state: 'SettleMerchant', point: 'after', kind: 'crash', times: 1 },
      { ...once, state: 'SettleMerchant', kind: 'slow', slowMs: 2_000 },
      { ...once, state: 'CheckKyc', kind: 'duplicate' },
    ]);
  });

  it('that was slower than a Lambda may be is a time-out', async () => {
    const { faults } = await comesAgain({
      ...charged,
      failed: { CheckFraud: ['Sandbox.Timedout'] },
      faults: [at('CheckFraud', { kind: 'slow', slowMs: 20_000 })],
    });
    expect(faults).toEqual([{ ...once, state: 'CheckFraud', kind: 'timeout' }]);
  });

  it('says by itself why it turned back: the world is as it was', async () => {
    const { merchant, meanwhile, faults } = await comesAgain({
      path: back('SettleMerchant', 'RefundCharge', 'ReleaseHold'),
      moved: [MOVES.charged, MOVES.refunded],
      reason: 'SettlementFrozenError',
      failed: { SettleMerchant: ['SettlementFrozenError'] },
      faults: [at('SettleMerchant', { kind: 'error', error: 'SettlementFrozenError' })],
    });
    expect({ merchant: merchant.settlement, meanwhile }).toEqual({ merchant: 'active', meanwhile: [] });
    expect(faults).toEqual([
      { ...once, state: 'SettleMerchant', kind: 'error', error: 'SettlementFrozenError' },
    ]);
  });

  it('leads to a person again, when nobody helped', async () => {
    const { expected } = await comesAgain({
      path: [...back('SettleMerchant', 'RefundCharge').slice(0, -3), 'Park', 'NeedsAttention'],
      moved: [MOVES.charged],
      reason: 'SettlementFrozenError',
      failed: {
        SettleMerchant: ['SettlementFrozenError'],
        RefundCharge: Array.from({ length: 7 }, () => 'TransientError'),
      },
    });
    expect(expected.ending.status).toBe('needs_attention');
  });
});

describe('no case is made, and why is said in both languages,', () => {
  const known = knownRun(charged);
  const inProgress = { ...known.payment, status: 'in_progress' } as const;
  const event = (id: number) => ({
    id,
    previous: id - 1,
    at: AT,
    type: 'PassStateEntered',
    facts: {},
    payloads: {},
  });
  it.each<[string, Partial<KnownRun>, RegExp]>([
    ['of a name that no file can have', { name: 'Diwali, 9 pm' }, /^The name/],
    ['of a payment under way', { payment: inProgress }, /not ended/],
    ['of a run under way', { run: runAfter([]) }, /not ended/],
    ['of a run with gaps', { run: { ...known.run, missing: [{ from: 2, to: 3 }] } }, /loaded/],
    [
      'of a run with a state without a name',
      { run: { ...runAfter([event(1)]), outcome: 'succeeded' } },
      /loaded/,
    ],
    ['of several executions', { history: [...known.history, { at: AT, what: 'resumed' }] }, /more than one/],
    ['of what a customer sees', { history: [{ at: AT, what: 'accepted' }] }, /operator/],
    [
      'of a fault elsewhere',
      { faults: [{ function: 'sandbox-bank-place-hold', kind: 'crash' }] },
      /sandbox-bank-place-hold/,
    ],
  ])('%s', (_, over, said) => {
    const saving = caseFrom({ ...known, ...over });
    if (!('why' in saving)) throw new Error('it was saved');
    expect(saving.why.en).toMatch(said);
    expect(saving.why.hi).toMatch(/[\u0900-\u097F].*।$/);
  });
});
