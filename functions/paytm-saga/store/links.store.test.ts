import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import type { RequestOf } from '../../../shared/lambda/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { MERCHANT, START } from '../city.fixture.ts';
import { LinkId, routes, UserId } from '../contract.ts';
import { endLink } from '../doors/end-link.ts';
import { startPayment } from '../doors/start-payment.ts';
import { customer, system } from '../doors.fixture.ts';
import { linkMade } from './links.ts';
import { INDEXES, portsOn, type TablePorts } from './ports.ts';

const WRITERS = 50;
const UP_TO = rupees(500);
const zomato = system('zomato-ordering');
let table: EffectsTable;
let ports: TablePorts;
const store = () => dynamoStore({ ...table, indexes: INDEXES });

beforeAll(async () => {
  table = await createEffectsTable('paytm-saga-links', INDEXES);
  const end = performance.now() + 50_000;
  ports = portsOn(store(), {
    ...{ now: () => new Date(), ids: uuidV7, chance: Math.random, pause },
    deadline: () => end - performance.now(),
  });
});
afterAll(() => table?.drop());

const rest = {
  query: undefined,
  headers: undefined,
  language: 'en',
  say: String,
  client: '',
} as const;
const context = { correlationId: 'c', traceparent: 't', remainingMs: () => 5_000 };
const executions = { start: async () => undefined, state: async () => 'running' as const };

it(`${WRITERS} charges at once, and the end of their link among them: each is a payment or refused, and none comes after`, async () => {
  const link = LinkId.parse(newId('link', uuidV7));
  const user = UserId.parse(newId('user', uuidV7));
  const made = {
    ...{ id: link, user, system: 'zomato-ordering', customer: 'customer_1', upTo: UP_TO },
    createdAt: START,
  };
  await store().transact([linkMade(made)]);
  const charge = async (reference: string, amount = UP_TO): Promise<string> => {
    const order = { reference, merchantId: MERCHANT, amount, link, customer: 'customer_1' };
    const body = routes.startPayment.request.body.parse(order);
    const request = { ...rest, path: undefined, body, caller: zomato, idempotencyKey: reference };
    return startPayment({ ...ports, executions })(
      request as RequestOf<typeof routes.startPayment>,
      context,
    ).then(
      () => 'accepted',
      ({ name }: Error) => name,
    );
  };
  const end = async (): Promise<string> => {
    const asked = { ...rest, path: { linkId: link }, body: undefined, idempotencyKey: undefined };
    const { body } = await endLink(ports)({ ...asked, caller: customer(user) });
    return body.endedAt;
  };
  expect(await charge('too-much', rupees(501))).toBe('LinkNotUsableError');
  expect(await charge('first')).toBe('accepted');

  const charges = Array.from({ length: WRITERS }, (_, writer) => charge(`charge-${writer}`));
  const [results, ...ends] = await Promise.all([Promise.all(charges), end(), end()]);
  expect(new Set(ends).size).toBe(1);
  expect(results.filter((name) => name !== 'accepted' && name !== 'LinkNotUsableError')).toEqual([]);
  const accepted = results.filter((name) => name === 'accepted').length;
  // An index comes after its table.
  const payments = async () => (await ports.payments.of(user, { limit: 100 })).items.length;
  await expect.poll(payments).toBe(accepted + 1);
  expect(await charge('too-late')).toBe('LinkNotUsableError');
  expect(await charge('first')).toBe('accepted');
});
