/** Test help: clients of a city that is stopped and started, and payments that are under way when it stops. */
import { DescribeExecutionCommand, ExecutionDoesNotExist } from '@aws-sdk/client-sfn';
import { type Method, type PaymentId, routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { type Behaviour, routes as bankRoutes } from '../../functions/sandbox-bank/contract.ts';
import type { CityFile } from '../cloud/city.ts';
import { executionsOf } from '../e2e/executions.ts';
import { queuesOf } from '../e2e/queues.ts';
import { askedToApprove, castOf, type Order, type Person, pay, stepOf } from '../story/cast.ts';
import { openStage } from '../story/stage.ts';

/** Clients of the city as it runs now. */
export const openLife = (city: CityFile) => {
  const stage = openStage(city);
  const again = ({ id, account }: Person): Person => ({
    ...{ id, account },
    doors: stage.as(stage.subject(id, 'customer'), 'paytm-saga', sagaRoutes),
  });
  const { sfn, arn } = executionsOf(city, 'paytm-saga-payment');
  const queues = queuesOf(city);
  return {
    ...{ cast: castOf(stage, 'life'), again },
    bank: stage.as(stage.operator, 'sandbox-bank', bankRoutes),
    /** Whether an execution runs, or has ended; undefined where there is none. */
    async isRunning(id: string, number: number): Promise<boolean | undefined> {
      try {
        const described = await sfn.send(new DescribeExecutionCommand({ executionArn: arn(id, number) }));
        return described.status === 'RUNNING';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
    sweeps: () => queues.send('paytm-saga-sweep', { sweep: 'payments' }),
  };
};

/** Payments of one payer: one that waits for an approval, one whose bank is out, and some wherever they are. */
export const startsMany = async (
  city: CityFile,
  order: Pick<Order, 'merchant'>,
): Promise<{ id: PaymentId; payer: Person }[]> => {
  const { cast, bank } = openLife(city);
  const asha = await cast.person('under-way', { wallet: 200 });
  const behave = (body: Partial<Behaviour>) => bank.changeAccount({ path: { id: asha.account }, body });
  const starts = async (reference: string, method: Method) => {
    const { id } = await pay(asha, { ...order, reference, amount: 10, method });
    return { id, payer: asha };
  };
  await behave({ approvals: 'by_hand' });
  const asked = await starts('asked', 'upi');
  await askedToApprove(asha, asked.id);
  await behave({ approvals: 'at_once', outage: true });
  const out = await starts('bank-is-out', 'debit_card');
  await stepOf(asha, out.id, 'reserve_funds');
  const names = Array.from({ length: 6 }, (_, n) => `somewhere-${n}`);
  return [asked, out, ...(await Promise.all(names.map((name) => starts(name, 'paytm_wallet'))))];
};
