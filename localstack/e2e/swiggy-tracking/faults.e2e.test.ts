import { afterAll, expect, it } from 'vitest';
import { waitFor } from '../../../shared/testing/index.ts';
import { armouryOf, type Fault } from '../armed.ts';
import { openCity } from '../city.ts';
import { trackingIn } from './orders.ts';

const opened = openCity();
const tracking = trackingIn(opened);
const armoury = armouryOf(opened.stage);
afterAll(async () => {
  tracking.close();
  await armoury.disarm();
});

const FAULTS: readonly Omit<Fault, 'about'>[] = [
  { function: 'swiggy-tracking-follow-orders', kind: 'duplicate' },
  { function: 'swiggy-tracking-subscribe', kind: 'duplicate' },
  { function: 'swiggy-tracking-chat', kind: 'duplicate' },
  // The message is written and nobody is told: the client sends it again.
  { function: 'swiggy-tracking-chat', kind: 'error', point: 'after' },
  // The item is sent twice, and then not at all: the client looks.
  { function: 'swiggy-tracking-fan-out', kind: 'duplicate' },
  { function: 'swiggy-tracking-fan-out', kind: 'crash' },
];

it('a log is whole, and each message in it once, though functions are called twice, fail and die', async () => {
  const order = tracking.order('rider_faults');
  const armed = await armoury.arm(...FAULTS.map((fault) => ({ ...fault, about: order.id })));
  await order.tells(order.placed(), order.rides());
  await waitFor(
    async () => {
      const { body } = await tracking.operator.readLog({ path: { orderId: order.id }, query: {} });
      return body.head === 2;
    },
    { what: 'the log to begin', timeoutMs: 60_000 },
  );
  const customer = tracking.person(order.customer, 'customer', { lookEveryMs: 1_000, answerMs: 3_000 });
  customer.follow(order.id);
  await customer.has(2);
  const answers = [];
  for (const n of [1, 2, 3])
    answers.push(await customer.tracking.chat({ order: order.id, text: `${n}`, clientMessageId: `m-${n}` }));
  expect(answers.map(({ sequence }) => sequence)).toEqual([3, 4, 5]);
  await customer.has(5);
  expect(customer.items.map(({ kind, text }) => (kind === 'chat' ? text : kind))).toEqual([
    ...['placed', 'rider', '1', '2', '3'],
  ]);
  const left = (await armoury.left()).filter(({ id }) => armed.some((one) => one.id === id));
  expect(left, 'faults that did not happen').toEqual([]);
});
