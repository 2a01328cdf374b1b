import { beforeAll, describe, expect, it } from 'vitest';
import type { PaymentId } from '../../../functions/paytm-saga/contract.ts';
import { placeholderOf } from '../../../statemachines/asl.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { executionsOf } from '../executions.ts';
import { stopWorkers } from '../workers.ts';

const { cast, city, differences, operator } = openCity();
const { asks, failuresIn } = executionsOf(city, 'paytm-saga-payment');

/** The files of the steps that every payment passes, and of those that undo one, each in order. */
const FORWARD = [
  'resume',
  'validate-user',
  'check-kyc',
  'validate-merchant',
  'check-fraud',
  'reserve-funds',
  'process-payment',
  'settle-merchant',
  'notify-merchant',
  'send-receipt',
  'update-analytics',
  'close',
] as const;
const BACK = ['turn-back', 'refund-charge', 'release-hold'] as const;
type Step = (typeof FORWARD)[number] | (typeof BACK)[number];

const stop = (file: Step) => stopWorkers(`paytm-saga-${file}`, city.endpoint);

/** Starts a payment while the workers of a step are stopped; kills them when the machine waits for one. */
const killAt = async (file: Step, start: () => Promise<{ id: PaymentId }>): Promise<PaymentId> => {
  const workers = stop(file);
  try {
    const { id } = await start();
    await asks(id, placeholderOf(file));
    return id;
  } finally {
    workers.kill();
  }
};

describe('a payment whose worker is killed by SIGKILL', () => {
  let payer: Person;
  const killed = new Map<Step, PaymentId>();

  /** Starts a payment that passes the checks and is refused at the pivot: the freeze comes while step 5 waits. */
  const compensated = async (reference: string) => {
    const merchant = await cast.merchant(reference);
    const workers = stop('reserve-funds');
    try {
      const started = await pay(payer, { reference, merchant, amount: 20 });
      await asks(started.id, placeholderOf('reserve-funds'));
      await operator.changeMerchant({ path: { merchantId: merchant }, body: { settlement: 'frozen' } });
      return started;
    } finally {
      workers.goOn();
    }
  };

  const endingOf = async (file: Step) => {
    const id = killed.get(file);
    if (!id) throw new Error(`no payment was killed at ${file}`);
    const payment = await ended(payer, id);
    // Whether it was killed there at all: an end without a fault would prove nothing.
    expect(await failuresIn(id, placeholderOf(file))).not.toEqual([]);
    return payment;
  };

  beforeAll(async () => {
    payer = await cast.person('killed', { bank: 100_000 });
    const stall = await cast.merchant('stall');
    // One payment of each kind warms every worker up.
    const forward = await pay(payer, { reference: 'warm', merchant: stall, amount: 10 });
    expect((await ended(payer, forward.id)).status).toBe('completed');
    const back = await compensated('warm-back');
    expect((await ended(payer, back.id)).status).toBe('compensated');

    // The last step first: what was killed goes on from there, and never meets the step that is stopped next.
    for (const file of BACK.toReversed()) {
      killed.set(file, await killAt(file, () => compensated(`killed-${file}`)));
    }
    await Promise.all(BACK.map((file) => ended(payer, killed.get(file) as PaymentId)));
    for (const file of FORWARD.toReversed()) {
      const order = { reference: `killed-${file}`, merchant: stall, amount: 15 };
      killed.set(file, await killAt(file, () => pay(payer, order)));
    }
  }, 120_000);

  it.each(FORWARD)('at %s completes all the same, once', async (file) => {
    const payment = await endingOf(file);
    expect(payment.status).toBe('completed');
    expect(payment.steps).toHaveLength(10);
  });

  it.each(BACK)('at %s is compensated all the same, once', async (file) => {
    const payment = await endingOf(file);
    expect(payment.status).toBe('compensated');
    expect(payment.undone).toEqual([
      expect.objectContaining({ step: 'process_payment', outcome: 'reversed' }),
      expect.objectContaining({ step: 'reserve_funds', outcome: 'nothing' }),
    ]);
  });

  it('leaves the books in order', async () => {
    expect(await differences()).toEqual([]);
  });
});
