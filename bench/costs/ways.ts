/** The kinds of payments that are measured, each as a way to start one against a running city. */
import { GetExecutionHistoryCommand, type HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { routes as bankRoutes, OperationKey } from '../../functions/sandbox-bank/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { ACCOUNT } from '../../localstack/cloud/environment.ts';
import { castOf, type Order, type Person, pay } from '../../localstack/story/cast.ts';
import { openStage } from '../../localstack/story/stage.ts';
import { waitFor } from '../../shared/testing/index.ts';
import type { Kind } from './measured.ts';

const ENDED_WITHIN_MS = 120_000;

/** Starts a payment, and answers its id. */
type Way = () => Promise<string>;

/** People who pay in each way. They follow nothing through a door: their looks would be a part of the bill. */
export const waysIn = async (city: CityFile, historyOf: History): Promise<{ readonly [K in Kind]: Way }> => {
  const stage = openStage(city);
  const cast = castOf(stage, `costs-${Date.now()}`);
  const operator = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const bank = stage.as(stage.operator, 'sandbox-bank', bankRoutes);
  const merchant = await cast.merchant('stall');
  let references = 0;

  const start = async (payer: Person, order: Partial<Order> = {}) => {
    references += 1;
    const { id } = await pay(payer, { reference: `P${references}`, merchant, amount: 100, ...order });
    return id;
  };
  const byHand = async (name: string) => {
    const person = await cast.person(name);
    await bank.changeAccount({ path: { id: person.account }, body: { approvals: 'by_hand' } });
    return person;
  };
  /** A payer takes a moment: the machine waits by then. */
  const approves = async (id: string, meanwhile: () => Promise<unknown>) => {
    const waits = async () =>
      (await historyOf(id)).some(({ stateEnteredEventDetails: entered }) => entered?.name === 'AwaitBank');
    await waitFor(waits, { what: `${id} to wait`, timeoutMs: ENDED_WITHIN_MS });
    await meanwhile();
    await bank.answerRequest({ path: { key: OperationKey.parse(id) }, body: { decision: 'approve' } });
    return id;
  };

  const plain = await cast.person('at-once', { wallet: 10_000 });
  const [careful, unlucky] = [await byHand('approved'), await byHand('compensated')];
  return {
    at_once: () => start(plain),
    wallet: () => start(plain, { method: 'paytm_wallet' }),
    approved: async () => approves(await start(careful, { upi: { flow: 'qr' } }), async () => undefined),
    // Its merchant is frozen while the payer is asked, so it is turned back at the pivot.
    compensated: async () => {
      const frozen = await cast.merchant(`frozen-${references}`);
      const id = await start(unlucky, { merchant: frozen, upi: { flow: 'qr' } });
      return approves(id, () =>
        operator.changeMerchant({ path: { merchantId: frozen }, body: { settlement: 'frozen' } }),
      );
    },
  };
};

/** What has happened in the first execution of a payment so far. */
export type History = (id: string) => Promise<readonly HistoryEvent[]>;

export const historyIn = ({ endpoint, region }: CityFile): History => {
  const sfn = new SFNClient({ endpoint, region });
  return async (id) => {
    const executionArn = `arn:aws:states:${region}:${ACCOUNT}:execution:paytm-saga-payment:${id}.1`;
    const call = new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 });
    return (await sfn.send(call)).events ?? [];
  };
};

/** All that has happened in it, once it has ended. */
export const endIn = (historyOf: History, id: string): Promise<readonly HistoryEvent[]> =>
  waitFor(
    async () => {
      const events = await historyOf(id);
      return events.length > 1 && events.at(-1)?.type?.startsWith('Execution') && events;
    },
    { what: `the execution of ${id} to end`, timeoutMs: ENDED_WITHIN_MS, everyMs: 250 },
  );
