import { describe, expect, it } from 'vitest';
import { newPayment, START } from '../city.fixture.ts';
import { PaymentView } from '../contract.ts';
import { STEPS } from './payment.ts';
import { viewOf } from './view.ts';

const say = (name: string, facts?: object) => `${name} ${JSON.stringify(facts ?? {})}`;

describe('what is shown of a payment', () => {
  it('that has just begun is what was ordered', () => {
    const view = viewOf(newPayment(), say);
    expect(PaymentView.parse(view)).toEqual(view);
    expect(view).toMatchObject({ status: 'in_progress', currency: 'INR', steps: [], undone: [] });
    for (const field of ['reason', 'transactionId', 'commission', 'description', 'endedAt']) {
      expect(view).not.toHaveProperty(field);
    }
  });

  it('that completed is its steps in order, the bank’s reference and the parts of the amount', () => {
    const steps = Object.fromEntries(
      STEPS.toReversed().map((step) => [step, { state: 'done' as const, at: START }]),
    );
    const view = viewOf(
      newPayment({
        status: 'completed',
        description: 'vada pav',
        endedAt: START,
        steps: {
          ...steps,
          process_payment: { state: 'done', at: START, transactionId: 'txn_1' },
          settle_merchant: { state: 'done', at: START, merchantAmount: 145_500, commission: 3_814, gst: 686 },
        },
      }),
      say,
    );
    expect(PaymentView.parse(view)).toEqual(view);
    expect(view.steps.map(({ step }) => step)).toEqual(STEPS);
    expect(view).toMatchObject({
      transactionId: 'txn_1',
      merchantAmount: 145_500,
      commission: 3_814,
      gst: 686,
      description: 'vada pav',
      endedAt: START,
    });
  });

  it('that was compensated is what was undone, newest first, and why', () => {
    const undone = { at: START, outcome: 'reversed' as const };
    const view = viewOf(
      newPayment({
        status: 'compensated',
        direction: 'back',
        undone: { reserve_funds: { ...undone, outcome: 'nothing' }, process_payment: undone },
        turn: { error: 'PaymentDeclinedError', cause: '', facts: { code: 'Z9' }, at: START },
      }),
      say,
    );
    expect(PaymentView.parse(view)).toEqual(view);
    expect(view.undone.map(({ step, outcome }) => [step, outcome])).toEqual([
      ['process_payment', 'reversed'],
      ['reserve_funds', 'nothing'],
    ]);
    expect(view.reason).toEqual({
      name: 'PaymentDeclinedError',
      detail: 'PaymentDeclinedError {"code":"Z9"}',
    });
  });

  it('that needs attention is the error that a person looks at', () => {
    const attentionFacts = { id: 'user_1' };
    const parked = newPayment({ status: 'needs_attention', attention: 'NotFoundError', attentionFacts });
    const reason = { name: 'NotFoundError', detail: 'NotFoundError {"id":"user_1"}' };
    expect(viewOf(parked, say).reason).toEqual(reason);
  });
});
