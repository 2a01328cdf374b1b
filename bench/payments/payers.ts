/** People who pay in a bench, one for each client, and payments that are started and waited for. */
import { SFNClient } from '@aws-sdk/client-sfn';
import type { PaymentView } from '../../functions/paytm-saga/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { ACCOUNT } from '../../localstack/cloud/environment.ts';
import { castOf, type Person, pay } from '../../localstack/story/cast.ts';
import { all } from '../../localstack/story/read-books.ts';
import type { Stage } from '../../localstack/story/stage.ts';
import { waitFor } from '../../shared/testing/index.ts';
import type { PaidBy } from './plan.ts';
import { executionsOf } from './running.ts';

const MERCHANTS = 5;
/** Rupees. */
const PURSE = 50_000;
const TICKET = 10;
/** A start whose function fails is sent again with the same key, as a client does. */
const STARTED_WITHIN_MS = 180_000;
/** Five executions, and the sweeper's minute between two of them. */
const ENDED_WITHIN_MS = 600_000;

export interface Payers {
  readonly clients: number;
  /** Starts one, as the payer of a client; answers its id. */
  readonly start: (client: number, method: PaidBy) => Promise<PaymentView['id']>;
  /** Until the execution that was started with it has ended. */
  readonly over: (id: string) => Promise<void>;
  /** Until it is terminal or parked, whoever has to carry it on. */
  readonly settled: (client: number, id: PaymentView['id']) => Promise<PaymentView>;
  /** All that were ever started by them, by their ids. */
  readonly all: () => Promise<ReadonlyMap<string, PaymentView>>;
}

export const payersOf = async (city: CityFile, stage: Stage, clients: number): Promise<Payers> => {
  const cast = castOf(stage, `bench-${Date.now()}`);
  const merchants = await Promise.all(
    Array.from({ length: MERCHANTS }, (_, n) => cast.merchant(`stall_${n}`)),
  );
  const people: Person[] = [];
  // One after the other: a city that has just started meets its first calls here.
  for (let n = 0; n < clients; n += 1)
    people.push(await cast.person(`payer_${n}`, { bank: 2 * PURSE, wallet: PURSE }));
  const sfn = new SFNClient({ endpoint: city.endpoint, region: city.region });
  const machine = `arn:aws:states:${city.region}:${ACCOUNT}:stateMachine:paytm-saga-payment`;
  const executions = executionsOf(sfn, machine);
  let references = 0;
  const payer = (client: number): Person => {
    const found = people[client];
    if (!found) throw new RangeError(`there is no payer ${client}`);
    return found;
  };
  return {
    clients,
    async start(client, method) {
      const number = references;
      references += 1;
      const merchant = merchants[number % MERCHANTS];
      if (!merchant) throw new RangeError('there is no merchant');
      const order = { reference: `B${number}`, merchant, amount: TICKET, method };
      const { id } = await waitFor(() => pay(payer(client), order), {
        ...{ what: `${order.reference} to be started`, timeoutMs: STARTED_WITHIN_MS, everyMs: 500 },
      });
      return id;
    },
    over: (id) => executions.over(id, ENDED_WITHIN_MS),
    async settled(client, id) {
      await executions.over(id, ENDED_WITHIN_MS);
      return waitFor(
        async () => {
          const { body } = await payer(client).doors.getPayment({ path: { paymentId: id } });
          return body.status !== 'in_progress' && body;
        },
        { what: `payment ${id} to end`, timeoutMs: ENDED_WITHIN_MS, everyMs: 1_000 },
      );
    },
    async all() {
      const lists = await Promise.all(
        people.map(({ doors }) =>
          all(
            async (cursor) =>
              (await doors.listPayments({ query: { limit: 100, ...(cursor ? { cursor } : {}) } })).body,
          ),
        ),
      );
      return new Map(lists.flat().map((payment) => [payment.id, payment]));
    },
  };
};
