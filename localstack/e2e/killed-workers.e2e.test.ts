import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../shared/testing/index.ts';
import { placeholderOf } from '../../statemachines/asl.ts';
import { balance } from '../story/books.ts';
import { ended, type Person, pay } from '../story/cast.ts';
import { readBooks } from '../story/read-books.ts';
import { openCity } from './city.ts';
import { workersOf } from './workers.ts';

const { aws, bank, cast, city, operator } = openCity();
const sfn = new SFNClient(aws);
const machine = `arn:aws:states:${city.region}:000000000000:execution:paytm-saga-payment`;

/** The files of the steps that every payment passes, and of those that undo one. */
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

/** Waits until the machine has entered a state, which means that its worker has been asked. */
const entered = (payment: string, state: string) =>
  waitFor(
    async () => {
      const { events = [] } = await sfn.send(
        new GetExecutionHistoryCommand({ executionArn: `${machine}:${payment}.1`, maxResults: 1000 }),
      );
      return events.some(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === state);
    },
    { what: `${payment} to enter ${state}`, timeoutMs: 60_000 },
  );

/** Stops the workers of a step, so that the next call of it hangs; kills them when the machine has called. */
const killAt = async (file: string, start: () => Promise<{ id: string }>): Promise<void> => {
  const workers = workersOf(`paytm-saga-${file}`, city.endpoint);
  expect(workers.length, `warm workers of ${file}`).toBeGreaterThan(0);
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  try {
    const { id } = await start();
    await entered(id, placeholderOf(file));
  } finally {
    for (const pid of workers) process.kill(pid, 'SIGKILL');
  }
};

describe('a payment whose worker is killed by SIGKILL', () => {
  let payer: Person;
  let stall: Awaited<ReturnType<typeof cast.merchant>>;
  let frozen: typeof stall;

  beforeAll(async () => {
    [payer, stall, frozen] = await Promise.all([
      cast.person('killed', { bank: 100_000 }),
      cast.merchant('stall'),
      cast.merchant('frozen'),
    ]);
    // One payment of each kind warms every worker up.
    const [done, undone] = await Promise.all([
      pay(payer, { reference: 'warm', merchant: stall, amount: 10 }),
      compensated('warm-back'),
    ]);
    expect((await ended(payer, done.id)).status).toBe('completed');
    expect((await ended(payer, undone.id)).status).toBe('compensated');
  }, 120_000);

  /** Starts a payment that passes the checks and is refused at the pivot. */
  const compensated = async (reference: string) => {
    await operator.changeMerchant({ path: { merchantId: frozen }, body: { settlement: 'active' } });
    await bank.changeAccount({ path: { id: payer.account }, body: { slowMs: 1_500 } });
    const started = await pay(payer, { reference, merchant: frozen, amount: 20 });
    await waitFor(
      async () => {
        const { body } = await payer.doors.getPayment({ path: { paymentId: started.id } });
        return body.steps.some(({ step }) => step === 'check_fraud');
      },
      { what: `the checks of ${reference}`, timeoutMs: 60_000 },
    );
    await operator.changeMerchant({ path: { merchantId: frozen }, body: { settlement: 'frozen' } });
    await bank.changeAccount({ path: { id: payer.account }, body: { slowMs: 0 } });
    return started;
  };

  it.each(FORWARD)('at %s completes all the same, once', async (file) => {
    let id = '';
    await killAt(file, async () => {
      const started = await pay(payer, { reference: `killed-${file}`, merchant: stall, amount: 15 });
      id = started.id;
      return started;
    });
    const payment = await ended(payer, id as never);
    expect(payment.status).toBe('completed');
    expect(payment.steps).toHaveLength(10);
  });

  it.each(BACK)('at %s is compensated all the same, once', async (file) => {
    let id = '';
    await killAt(file, async () => {
      const started = await compensated(`killed-${file}`);
      id = started.id;
      return started;
    });
    const payment = await ended(payer, id as never);
    expect(payment.status).toBe('compensated');
    expect(payment.undone).toEqual([
      expect.objectContaining({ step: 'process_payment', outcome: 'reversed' }),
      expect.objectContaining({ step: 'reserve_funds', outcome: 'nothing' }),
    ]);
  });

  it('leaves the books in order', async () => {
    for (const { what, holds, seen } of balance(await readBooks({ operator, bank }))) {
      expect(holds, `${what}: ${seen}`).toBe(true);
    }
  });
});
