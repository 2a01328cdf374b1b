import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JourneyDate } from '../../../functions/irctc-booking/contract.ts';
import { PaymentView } from '../../../functions/paytm-saga/contract.ts';
import { routes } from '../../../functions/platform/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { readTrace } from '../../cli/read-trace.ts';
import { ROOT } from '../../cloud/paths.ts';
import { ended } from '../../story/cast.ts';
import { book, traveller } from '../../story/irctc-booking.ts';
import { publishSeed } from '../../story/kitchens.ts';
import { dayFromNow, publishSpecial, specialNumber } from '../../story/trains.ts';
import { addressOf, eater, order } from '../../story/zomato-ordering.ts';
import { openCity } from '../city.ts';

const { cast, city, run, stage } = openCity();

/** What one payment passes: the door, every state of the machine, the bank, the bus, and who hears of it. */
const STATIONS = [
  ['paytm-saga-start-payment', 'POST /payments'],
  ['paytm-saga-resume', 'Resume'],
  ['paytm-saga-validate-user', 'ValidateUser'],
  ['paytm-saga-check-kyc', 'CheckKyc'],
  ['paytm-saga-validate-merchant', 'ValidateMerchant'],
  ['paytm-saga-check-fraud', 'CheckFraud'],
  ['paytm-saga-reserve-funds', 'ReserveFunds'],
  ['sandbox-bank-place-hold', 'PUT /holds/{key}'],
  ['paytm-saga-process-payment', 'ProcessPayment'],
  ['sandbox-bank-capture-hold', 'PUT /holds/{key}/capture'],
  ['paytm-saga-settle-merchant', 'SettleMerchant'],
  ['paytm-saga-notify-merchant', 'NotifyMerchant'],
  ['paytm-saga-send-receipt', 'SendReceipt'],
  ['paytm-saga-update-analytics', 'UpdateAnalytics'],
  ['paytm-saga-close', 'Close'],
  ['paytm-saga-relay-outbox', 'paytm-saga.NoticeRequested sent'],
  ['paytm-saga-relay-outbox', 'paytm-saga.PaymentCompleted sent'],
  ['paytm-saga-deliver-notice', 'paytm-saga-deliver-notice message'],
].map((station) => station.join(': '));

describe('the trace of a payment that was started with a traceparent of the caller', () => {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  const correlationId = `order-${run}`;
  let paymentId: string;

  beforeAll(async () => {
    const [payer, merchantId] = await Promise.all([cast.person('traced'), cast.merchant('traced')]);
    const token = await stage.subject(payer.id, 'customer')('paytm-saga');
    const answer = await fetch(`${city.systems['paytm-saga']?.url}/payments`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': 'traced',
        'X-Correlation-Id': correlationId,
        traceparent: `00-${traceId}-${spanId}-01`,
      },
      body: JSON.stringify({ reference: 'traced', merchantId, amount: 1_000 }),
    });
    const payment = PaymentView.parse(await answer.json());
    paymentId = payment.id;
    expect((await ended(payer, payment.id)).status).toBe('completed');
  });

  it('goes from the door through every state and over the bus', async () => {
    const { lines } = await waitFor(
      async (seen) => {
        const found = await readTrace({ city, id: traceId });
        const stations = new Set(found?.document.spans.map((span) => `${span.function}: ${span.name}`));
        const missing = STATIONS.filter((station) => !stations.has(station));
        seen({ missing });
        return missing.length === 0 && found;
      },
      { what: 'every station of the trace', timeoutMs: 30_000, everyMs: 200 },
    );
    expect(lines[0]).toMatch(/spans in [4-7] systems/);
  });

  it('says of a message in which queue it was since when, which event that was, and what became of it', async () => {
    // Sender and consumer have logs of their own, which arrive in any order.
    const { took, sent } = await waitFor(
      async () => {
        const spans = (await readTrace({ city, id: traceId }))?.document.spans ?? [];
        const said = (name: string) =>
          spans.filter((span) => span.name === name).map((span) => span.attributes);
        const took = said('paytm-saga-deliver-notice message')[0];
        const sent = said('paytm-saga.NoticeRequested sent').find(
          (attributes) => attributes?.['cloudevents.event_id'] === took?.['cloudevents.event_id'],
        );
        return sent && { took, sent };
      },
      { what: 'both spans of one event', timeoutMs: 30_000, everyMs: 200 },
    );
    expect(took).toMatchObject({
      'messaging.destination.name': 'paytm-saga-deliver-notice',
      'cloudevents.event_type': 'paytm-saga.NoticeRequested',
      ...{ receiveCount: 1, fate: 'done' },
    });
    expect(Date.parse(String(took?.sentAt))).toBeGreaterThanOrEqual(Date.parse(String(sent.toldAt)));
  });

  it('hangs together: nothing but the door has its parent outside', async () => {
    const found = await readTrace({ city, id: traceId });
    const roots = found?.document.spans.filter(({ depth }) => depth === 0);
    expect(roots?.map(({ name }) => name)).toEqual(['authorize', 'POST /payments']);
  });

  it.each([
    ['a traceparent', () => `00-${traceId}-${spanId}-01`],
    ['the payment', () => paymentId],
    ['the correlation id of the caller', () => correlationId],
  ])('is found by %s', async (_, id) => {
    expect((await readTrace({ city, id: id() }))?.document.traceId).toBe(traceId);
  });

  it('is unknown under an id that nobody has', async () => {
    expect(await readTrace({ city, id: 'nobody' })).toBeUndefined();
  });

  it('is shown by a door to whoever may look, and to nobody else', async () => {
    const as = (role: 'viewer' | 'customer') =>
      stage.as(stage.subject(`looks-${run}`, role), 'platform', routes).getTrace({ path: { traceId } });
    const { body } = await as('viewer');
    const found = await readTrace({ city, id: traceId });
    // Lines may still arrive, so what is read after it may be more.
    const names = body.spans.map(({ function: name, name: what }) => `${name}: ${what}`);
    expect(STATIONS.filter((station) => !names.includes(station))).toEqual([]);
    expect(body).toMatchObject({ traceId, more: false, total: body.spans.length });
    expect(body.total).toBeLessThanOrEqual(found?.document.spans.length ?? 0);
    await expect(as('customer')).rejects.toMatchObject({ name: 'ForbiddenError' });
  });

  it('is not found before anything of it has arrived', async () => {
    const viewer = stage.as(stage.subject(`looks-${run}`, 'viewer'), 'platform', routes);
    const unknown = viewer.getTrace({ path: { traceId: randomBytes(16).toString('hex') } });
    await expect(unknown).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('is shown by dabba trace', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['localstack/cli/main.ts', 'trace', paymentId],
      { cwd: ROOT },
    );
    expect(stdout).toMatch(/SettleMerchant/);
  });
});

describe('the trace of what no machine drives', () => {
  /** Waits until all of them are in the trace. */
  const passed = (id: string, stations: readonly string[]) =>
    waitFor(
      async (seen) => {
        const found = await readTrace({ city, id });
        const names = new Set(found?.document.spans.map((span) => `${span.function}: ${span.name}`));
        const missing = stations.filter((station) => !names.has(station));
        seen({ missing });
        return missing.length === 0;
      },
      { what: `every station of ${id}`, timeoutMs: 60_000, everyMs: 500 },
    );

  it('is found by the order, from its door to who follows it live', async () => {
    await publishSeed(stage);
    const who = await eater(stage, { run, name: 'traced', from: addressOf(run, 30) });
    const { id } = await order(who, `${run}.traced`, 'cash_on_delivery');
    await passed(id, [
      'zomato-ordering-place-order: POST /orders',
      'zomato-ordering-relay-outbox: zomato-ordering.OrderPlaced sent',
      'swiggy-tracking-follow-orders: swiggy-tracking-follow-orders message',
    ]);
  });

  it('is found by the booking, from its door through line, payment and ticket to both notices', async () => {
    const train = await publishSpecial(stage, { number: specialNumber(run.slice(1)) });
    const who = await traveller(stage, run, await cast.person('traced_rail', { wallet: 9_000 }));
    const date = dayFromNow(6) as JourneyDate;
    const { id } = await book(who, { train, date }, { key: `${run}.traced`, people: 1 });
    await passed(id, [
      'irctc-booking-request-booking: POST /bookings',
      'irctc-booking-relay-outbox: irctc-booking.BookingRequested sent',
      'irctc-booking-allocate-berths: irctc-booking-allocate-berths message',
      'irctc-booking-take-payment: irctc-booking-take-payment message',
      'paytm-saga-start-payment: POST /payments',
      'paytm-saga-relay-outbox: paytm-saga.PaymentCompleted sent',
      'irctc-booking-hear-payment: irctc-booking-hear-payment message',
      'irctc-booking-send-sms: irctc-booking-send-sms message',
      'irctc-booking-send-email: irctc-booking-send-email message',
    ]);
  });
});
