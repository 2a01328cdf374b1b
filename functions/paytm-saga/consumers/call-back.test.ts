import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../shared/effects/index.ts';
import { fixedClock, sequenceIds } from '../../../shared/testing/index.ts';
import { newPayment, PAYER, paymentId, START, settleIn } from '../city.fixture.ts';
import { Callback, events } from '../contract.ts';
import { CallbackForbiddenError, type Receiver } from '../domain/callback.ts';
import { heardLog } from '../doors.fixture.ts';
import { INDEXES, portsOn } from '../store/ports.ts';
import { callBack } from './call-back.ts';

const URL_OF_SHOP = 'https://shop.example/paid?key=s3cret-of-asha';
type Kind = 'completed' | 'refused' | 'compensated';

const eventOf = (kind: Kind, id = 'event-1') => {
  const { id: payment, payer, merchant, amount, method } = newPayment();
  const data = { payment, payer, merchant, amount, method };
  const event = events[kind].of({ subject: payment, correlationId: 'correlation', data });
  return events[kind].schema.parse({ ...event, id, time: START });
};

const shop = async (callbackUrl: string | undefined = URL_OF_SHOP) => {
  const store = memoryStore({ indexes: INDEXES });
  const clock = fixedClock(START);
  await settleIn(store, { payments: [newPayment(callbackUrl === '' ? {} : { callbackUrl })] });
  const calls: ({ readonly url: string } & Parameters<Receiver['post']>[1])[] = [];
  const answers: (number | Error)[] = [];
  const receiver: Receiver = {
    async post(url, call) {
      calls.push({ url: url.href, ...call });
      const answer = answers.shift() ?? 204;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const calm = { chance: () => 0, deadline: () => 5_000, pause: async () => undefined };
  const ports = portsOn(store, { now: clock.now, ids: sequenceIds(), ...calm });
  return { calls, answers, clock, told: callBack({ ...ports, receiver, secret: async () => 's3cret' }) };
};

describe('the callback of a payment', () => {
  let log: ReturnType<typeof heardLog>;
  beforeEach(() => {
    log = heardLog();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(['completed', 'refused', 'compensated'] as const)('tells that it is %s', async (kind) => {
    const { calls, told } = await shop();
    await told(eventOf(kind));
    expect(calls.map(({ url }) => url)).toEqual([URL_OF_SHOP]);
    expect(Callback.parse(JSON.parse(calls[0]?.body ?? ''))).toMatchObject({
      type: `payment.${kind}`,
      timestamp: START,
      data: { event: 'event-1', payment: paymentId(0), status: kind, amount: 150_000 },
    });
  });

  it('is signed by the key of its payer, with the time of the attempt', async () => {
    const { calls, clock, told } = await shop();
    clock.advance(60_000);
    await told(eventOf('completed'));
    const { headers = {}, body } = calls[0] ?? {};
    const seconds = String(Date.parse(START) / 1000 + 60);
    const key = createHmac('sha256', 's3cret').update(PAYER).digest();
    const signature = createHmac('sha256', key).update(`event-1.${seconds}.${body}`).digest('base64');
    expect(headers).toEqual({
      'webhook-id': 'event-1',
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signature}`,
    });
  });

  it('is not made where nobody asked for it', async () => {
    const { calls, told } = await shop('');
    await told(eventOf('completed'));
    expect(calls).toEqual([]);
  });

  it('is made once for an event that was taken, however often it is delivered', async () => {
    const { calls, told } = await shop();
    await told(eventOf('completed'));
    await told(eventOf('completed'));
    expect(calls).toHaveLength(1);
  });

  it('is made again, with the same id, until it is taken', async () => {
    const { answers, calls, clock, told } = await shop();
    answers.push(503, 302);
    for (const status of [503, 302]) {
      await expect(told(eventOf('completed'))).rejects.toMatchObject({
        name: 'CallbackUnansweredError',
        facts: { status },
      });
      clock.advance(60_000);
    }
    await told(eventOf('completed'));
    expect(calls.map(({ headers }) => headers['webhook-id'])).toEqual(['event-1', 'event-1', 'event-1']);
    expect(new Set(calls.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  });

  it('that is refused or forbidden is no success, and the next delivery tries again', async () => {
    const { answers, calls, told } = await shop();
    answers.push(410, new CallbackForbiddenError({ host: 'shop.example', because: 'address' }));
    await expect(told(eventOf('refused'))).rejects.toMatchObject({ name: 'CallbackRefusedError' });
    await expect(told(eventOf('refused'))).rejects.toMatchObject({ name: 'CallbackForbiddenError' });
    await told(eventOf('refused'));
    expect(calls).toHaveLength(3);
  });

  it('names the host alone in the log and in errors', async () => {
    const { answers, told } = await shop();
    answers.push(410);
    const refused = await told(eventOf('completed')).catch((error: unknown) => error);
    await told(eventOf('completed'));
    expect(log.at(-1)).toMatchObject({ message: 'callback taken', host: 'shop.example' });
    for (const text of [JSON.stringify(log), String(refused)]) expect(text).not.toMatch(/s3cret|paid\?/);
  });
});
