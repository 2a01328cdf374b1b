import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payment as definition } from '../../../statemachines/paytm-saga/payment.machine.ts';
import { COMPENSATIONS, ending, next, type Payment, STEPS, skipped } from './payment.ts';

type Standing = Pick<Payment, 'status' | 'direction' | 'steps' | 'undone'>;
const at = '2026-11-24T10:00:00.000Z';
const done = (count: number): Payment['steps'] =>
  Object.fromEntries(STEPS.slice(0, count).map((step) => [step, { state: 'done', at }]));
const standing = (over: Partial<Standing> = {}): Standing => ({
  status: 'in_progress',
  direction: 'forward',
  steps: {},
  undone: {},
  ...over,
});

describe('next()', () => {
  it('names the first step that is not done', () => {
    expect(next(standing())).toBe('ValidateUser');
    expect(next(standing({ steps: done(4) }))).toBe('ReserveFunds');
  });

  it('goes on with a step that was only asked for', () => {
    expect(next(standing({ steps: { ...done(4), reserve_funds: { state: 'asked', at } } }))).toBe(
      'ReserveFunds',
    );
  });

  it('looks at the clock before the pivot', () => {
    expect(next(standing({ steps: done(6) }))).toBe('InTime');
  });

  it('closes when every step is done', () => {
    expect(next(standing({ steps: done(STEPS.length) }))).toBe('Close');
  });

  it('undoes newest first, and only what happened or may have happened', () => {
    const steps: Payment['steps'] = { ...done(5), process_payment: { state: 'asked', at } };
    expect(next(standing({ direction: 'back', steps }))).toBe('RefundCharge');
    const undone = { process_payment: { at, outcome: 'nothing' } } as const;
    expect(next(standing({ direction: 'back', steps, undone }))).toBe('ReleaseHold');
    expect(next(standing({ direction: 'back', steps: done(3) }))).toBe('Close');
  });

  it.each([
    ['completed', 'Completed'],
    ['refused', 'Refused'],
    ['compensated', 'Compensated'],
    ['needs_attention', 'Park'],
  ] as const)('answers a payment that is %s with %s', (status, state) => {
    expect(next(standing({ status }))).toBe(state);
  });

  it('names a state of the machine, whatever the record says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('in_progress', 'completed', 'refused', 'compensated', 'needs_attention'),
        fc.constantFrom('forward', 'back'),
        fc.integer({ min: 0, max: STEPS.length }),
        fc.subarray(COMPENSATIONS.map(({ step }) => step)),
        (status, direction, count, undone) => {
          const record = standing({
            status,
            direction,
            steps: done(count),
            undone: Object.fromEntries(undone.map((step) => [step, { at, outcome: 'reversed' }])),
          });
          expect(Object.keys(definition.States)).toContain(next(record));
        },
      ),
    );
  });
});

describe('ending()', () => {
  it('is completed for whoever went forward to the end', () => {
    expect(ending(standing())).toBe('completed');
  });

  it('is refused when there was nothing to undo', () => {
    expect(ending(standing({ direction: 'back' }))).toBe('refused');
    expect(
      ending(standing({ direction: 'back', undone: { reserve_funds: { at, outcome: 'nothing' } } })),
    ).toBe('refused');
  });

  it('is compensated when at least one effect was undone', () => {
    expect(
      ending(
        standing({
          direction: 'back',
          undone: { process_payment: { at, outcome: 'nothing' }, reserve_funds: { at, outcome: 'reversed' } },
        }),
      ),
    ).toBe('compensated');
  });
});

it('skipped() names the best-effort steps that a completed payment went without', () => {
  expect(skipped({ steps: done(7) })).toEqual(['notify_merchant', 'send_receipt', 'update_analytics']);
});
