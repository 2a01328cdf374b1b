import { DescribeExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PaymentId } from '../../../functions/paytm-saga/contract.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { executionsOf } from '../executions.ts';
import { faultsIn } from '../faults.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';
import { stopWorkers } from '../workers.ts';

const { cast, city, differences } = openCity();
const queues = queuesOf(city);
const faults = faultsIn(city);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const { arn, asks, sfn } = executionsOf(city, 'paytm-saga-payment');

/** The schedule asks once a minute, and the sweeper leaves young payments alone; neither is waited for. */
const sweepNow = async (payment: PaymentId): Promise<void> => {
  const record = (await table.under(`PAYMENT#${payment}`)).find(({ sk }) => sk === 'PAYMENT');
  if (!record) throw new Error(`there is no record of ${payment}`);
  await table.age(record, ['createdAt'], 60_000);
  await queues.send('paytm-saga-sweep', { sweep: 'payments' });
};

const statusOf = (payment: PaymentId, number: number): Promise<string | undefined> =>
  sfn
    .send(new DescribeExecutionCommand({ executionArn: arn(payment, number) }))
    .then(({ status }) => status)
    .catch((error: Error) => error.name);

describe('the sweeper of payments', () => {
  let payer: Person;
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  beforeAll(async () => {
    [payer, merchant] = await Promise.all([cast.person('swept'), cast.merchant('swept')]);
    // Warms every worker up.
    const warm = await pay(payer, { reference: 'warm', merchant, amount: 1 });
    await ended(payer, warm.id);
  });

  it('starts a payment that was recorded but never started', async () => {
    const { id, status } = await faults.whileOutOfReach('paytm-saga-start-payment', 'SFN', () =>
      pay(payer, { reference: 'recorded', merchant, amount: 30 }),
    );
    expect(status).toBe('in_progress');
    expect(await statusOf(id, 1)).toBe('ExecutionDoesNotExist');
    await sweepNow(id);
    expect((await ended(payer, id, 30_000)).status).toBe('completed');
    expect(await statusOf(id, 1)).toMatch(/RUNNING|SUCCEEDED/);
  });

  it('carries on what somebody stopped half-way, and whoever outlived it changes nothing', async () => {
    const workers = stopWorkers('paytm-saga-reserve-funds', city.endpoint);
    let id: PaymentId;
    try {
      ({ id } = await pay(payer, { reference: 'stopped', merchant, amount: 40 }));
      await asks(id, 'ReserveFunds');
      await sfn.send(new StopExecutionCommand({ executionArn: arn(id) }));
      await sweepNow(id);
      await asks(id, 'ReserveFunds', 2);
    } finally {
      // The worker of the first execution wakes up beside that of the second.
      workers.goOn();
    }
    const payment = await ended(payer, id, 30_000);
    expect(payment.status).toBe('completed');
    expect(payment.steps).toHaveLength(10);
    expect(await statusOf(id, 1)).toBe('ABORTED');
    expect(await statusOf(id, 2)).toMatch(/RUNNING|SUCCEEDED/);
    expect(await differences()).toEqual([]);
  });
});
