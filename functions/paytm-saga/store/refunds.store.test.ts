import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { VersionConflictError } from '../../../shared/effects/index.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import type { RequestOf } from '../../../shared/lambda/index.ts';
import { paise, rupees } from '../../../shared/money/index.ts';
import { createEffectsTable, type EffectsTable } from '../../../shared/testing/effects-table.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { completedPayment, MERCHANT, newPayment, START } from '../city.fixture.ts';
import { PaymentId, RefundId, type routes } from '../contract.ts';
import type { Payment } from '../domain/payment.ts';
import type { Bank } from '../domain/ports.ts';
import { type Refund, refundOf } from '../domain/refund.ts';
import { settlementOf } from '../domain/settlement.ts';
import { refundPayment } from '../doors/refund-payment.ts';
import { opened } from './payments.ts';
import { INDEXES, portsOn, type TablePorts } from './ports.ts';
import { refundAccepted, refundSetAside, refundTried } from './refunds.ts';

const WRITERS = 50;
const ROOM = 20;
const PART = rupees(75);
let table: EffectsTable;
let ports: TablePorts;
const store = () => dynamoStore({ ...table, indexes: INDEXES });

beforeAll(async () => {
  table = await createEffectsTable('paytm-saga-refunds', INDEXES);
  const end = performance.now() + 50_000;
  ports = portsOn(store(), {
    ...{ now: () => new Date(), ids: uuidV7, chance: Math.random, pause },
    deadline: () => end - performance.now(),
  });
});
afterAll(() => table?.drop());

const paid = async (payment: Payment): Promise<Payment> => {
  const one = { ...payment, id: PaymentId.parse(newId('payment', uuidV7)) };
  await store().transact(opened({ ...one, reference: one.id }));
  return one;
};

it(`${WRITERS} refunds at once of a payment that has room for ${ROOM}: ${ROOM} are refunded, the others are refused`, async () => {
  const { id: paymentId, amount } = await paid(completedPayment({ amount: paise(ROOM * PART) }));
  const bank = { payBack: async (key: string) => ({ reference: key }) } as Partial<Bank> as Bank;
  const refund = async (writer: number): Promise<string> => {
    const request = {
      ...{ query: undefined, headers: undefined, language: 'en', say: String, client: '' },
      ...{ path: { paymentId }, body: { amount: PART, reason: 'cold' } },
      ...{ caller: { subject: MERCHANT, roles: ['merchant'] }, idempotencyKey: `key-${writer}` },
    } as RequestOf<typeof routes.refundPayment>;
    try {
      const context = { correlationId: 'c', traceparent: 't' };
      return (await refundPayment({ ...ports, bank })(request, context)).body.status;
    } catch (error) {
      // Others came first, again and again: who is told so asks again.
      if (error instanceof VersionConflictError) return refund(writer);
      return (error as Error).name;
    }
  };
  const results = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => refund(writer)));
  expect(results.filter((result) => result === 'completed')).toHaveLength(ROOM);
  expect(results.filter((result) => result === 'RefundTooLargeError')).toHaveLength(WRITERS - ROOM);
  expect((await ports.payments.load(paymentId)).refunded).toBe(amount);
  const refunds = await waitFor(
    async () => {
      const { items } = await ports.refunds.of(paymentId, { limit: 100 });
      return items.length >= ROOM && items;
    },
    { what: `${ROOM} refunds` },
  );
  const sumOf = (part: keyof Refund['parts']) => refunds.reduce((sum, { parts }) => sum + parts[part], 0);
  const sums = { merchant: sumOf('merchant'), commission: sumOf('commission'), gst: sumOf('gst') };
  expect([refunds.length, sums]).toEqual([ROOM, settlementOf(amount)]);
});

const refundIn = (payment: Payment): Refund => ({
  ...{ id: RefundId.parse(newId('refund', uuidV7)), payment: payment.id, payer: payment.payer },
  ...{ merchant: MERCHANT, method: 'upi', ...refundOf(payment, PART), reason: 'cold', by: MERCHANT },
  ...{ status: 'in_progress', createdAt: START, correlationId: 'c', traceparent: 't' },
});
const accepted = (payment: Payment, refund: Refund, name: string) =>
  ports.effects
    .commit({ effect: { owner: refund.id, name }, ...refundAccepted(payment, refund), answer: 'written' })
    .then(({ answer }) => answer)
    .catch((error: Error) => error.name);

it('a refund is not accepted of a payment that has another ending, or that has been refunded since', async () => {
  const running = await paid(newPayment());
  const wrong = completedPayment({ id: running.id });
  expect(await accepted(wrong, refundIn(wrong), 'accept')).toBe('PaymentNotCompletedError');
  const seen = await paid(completedPayment());
  expect(await accepted(seen, refundIn(seen), 'accept')).toBe('written');
  expect(await accepted(seen, refundIn(seen), 'accept')).toBe('VersionConflictError');
  const now = await ports.payments.load(seen.id);
  const second = refundIn(now);
  expect(await accepted(now, second, 'accept')).toBe('written');
  expect(await accepted(await ports.payments.load(seen.id), second, 'accept anew')).toBe('RefundEndedError');
});

it('a refund is tried no more when a person has to look', async () => {
  const payment = await paid(completedPayment());
  const refund = refundIn(payment);
  expect(await accepted(payment, refund, 'accept')).toBe('written');
  const then = (change: Parameters<ReturnType<typeof store>['transact']>[0][number], name: string) =>
    ports.effects
      .commit({ effect: { owner: refund.id, name }, changes: [change], answer: 'written' })
      .then(({ answer }) => answer)
      .catch((error: Error) => error.name);
  expect(await then(refundSetAside(refund.id, 'CreditsBlockedError', START), 'park')).toBe('written');
  expect(await then(refundTried(refund.id, 1), 'try')).toBe('RefundEndedError');
});
