import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Callback, events, type PaymentId } from '../../../functions/paytm-saga/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ended, type Person } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';

const { aws, cast, city, run } = openCity();
const queues = queuesOf(city);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const CALLBACKS = 'paytm-saga-call-back';
const PARKING = 'paytm-saga-parking';
/** By which a receiver may know its caller, and nobody may read it in a log. */
const TICKET = `ticket-${run}`;

interface Call {
  readonly path: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: string;
  readonly callback: Callback;
}
const calls: Call[] = [];
/** What a path answers, call by call; 204 where nothing is said. */
const answers = new Map<string, number[]>();

/** The system of a payer, on this machine. */
const shop = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    const path = (request.url ?? '').split('?')[0] ?? '';
    calls.push({ path, headers: request.headers, body, callback: Callback.parse(JSON.parse(body)) });
    const status = answers.get(path)?.shift() ?? 204;
    response.writeHead(status, status === 307 ? { location: '/elsewhere' } : {}).end();
  });
});

let asha: Person;
let merchant: Awaited<ReturnType<typeof cast.merchant>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  [asha, merchant] = await Promise.all([cast.person('called'), cast.merchant('called')]);
});
afterAll(() => {
  shop.closeAllConnections();
  shop.close();
});

const at = (path: string): string =>
  `http://127.0.0.1:${(shop.address() as AddressInfo).port}${path}?ticket=${TICKET}`;
const callsOf = (payment: PaymentId) => calls.filter(({ callback }) => callback.data.payment === payment);

/** Starts a payment that is to be told of, and waits for its end. */
const paid = async (reference: string, callbackUrl: string, payer = asha): Promise<PaymentId> => {
  const { body } = await payer.doors.startPayment({
    idempotencyKey: reference,
    body: { reference, merchantId: merchant, amount: rupees(25), callbackUrl },
  });
  await ended(payer, body.id);
  return body.id;
};
const called = (payment: PaymentId, times: number) =>
  waitFor(() => callsOf(payment).length >= times && callsOf(payment), {
    what: `call ${times} about ${payment}`,
    timeoutMs: 60_000,
  });

describe('the callback of a payment', () => {
  it('is made once, signed by the key of its payer', async () => {
    const payment = await paid('once', at('/once'));
    const [call] = await called(payment, 1);
    expect(call?.callback).toEqual({
      type: 'payment.completed',
      timestamp: expect.any(String),
      data: {
        event: call?.headers['webhook-id'],
        payment,
        reference: 'once',
        status: 'completed',
        amount: rupees(25),
        currency: 'INR',
      },
    });

    const secrets = new SecretsManagerClient(aws);
    const { SecretString = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: 'dabbawala/paytm-saga/callbacks' }),
    );
    const key = createHmac('sha256', SecretString).update(asha.id).digest();
    const {
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': signature,
    } = call?.headers ?? {};
    const right = createHmac('sha256', key).update(`${id}.${seconds}.${call?.body}`).digest('base64');
    expect(signature).toBe(`v1,${right}`);
    expect(Math.abs(Date.now() / 1000 - Number(seconds))).toBeLessThan(300);

    // The bus may bring an event again, when it is written down that it was taken.
    await queues.drained(CALLBACKS);
    const told = (await table.outboxOf(payment)).find(({ event }) => event.type === events.completed.type);
    await queues.send(CALLBACKS, told?.event);
    await queues.drained(CALLBACKS);
    expect(callsOf(payment)).toHaveLength(1);
  });

  it('is made also when nothing was paid', async () => {
    const ravi = await cast.person('blocked', { blocked: true });
    const payment = await paid('refused', at('/refused'), ravi);
    const [call] = await called(payment, 1);
    expect(call?.callback).toMatchObject({ type: 'payment.refused', data: { status: 'refused' } });
  });

  it('comes again until the receiver has it, under the same id', async () => {
    answers.set('/busy', [503, 503]);
    await queues.whileImpatient(CALLBACKS, 2, async () => {
      const payment = await paid('busy', at('/busy'));
      const made = await called(payment, 3);
      await queues.drained(CALLBACKS);
      expect(callsOf(payment)).toHaveLength(3);
      expect(new Set(made.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    });
    expect(await queues.look(`${CALLBACKS}-dead`)).toEqual([]);
  });

  it('follows no redirect: it is asked again where it was', async () => {
    answers.set('/moved', [307]);
    await queues.whileImpatient(CALLBACKS, 2, async () => {
      const payment = await paid('moved', at('/moved'));
      const made = await called(payment, 2);
      await queues.drained(CALLBACKS);
      expect(made.map(({ path }) => path)).toEqual(['/moved', '/moved']);
      expect(callsOf(payment)).toHaveLength(2);
    });
  });

  it('is parked at once where the receiver wants none', async () => {
    answers.set('/gone', [410]);
    const payment = await paid('gone', at('/gone'));
    const letter = await queues.parked(PARKING, payment);
    expect(letter).toMatchObject({
      error: 'CallbackRefusedError',
      message: 'CallbackRefusedError: host=127.0.0.1 status=410',
      consumer: CALLBACKS,
      source: expect.stringMatching(new RegExp(`:${CALLBACKS}$`)),
    });
    expect(JSON.stringify(letter)).not.toContain(TICKET);
    expect(callsOf(payment)).toHaveLength(1);
  });

  it.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://[::ffff:192.168.0.1]/',
    'https://[fd00:ec2::254]/',
  ])('is parked at once, without a connection, where it would go to %s', async (address) => {
    const payment = await paid(address.replaceAll(/\W+/g, '-'), `${address}?ticket=${TICKET}`);
    const letter = await queues.parked(PARKING, payment);
    expect(letter.message).toBe(`CallbackForbiddenError: host=${new URL(address).hostname} because=address`);
    expect(letter).toMatchObject({ error: 'CallbackForbiddenError', consumer: CALLBACKS });
  });

  it('leaves nothing but the host of an address in the log', async () => {
    const logs = new CloudWatchLogsClient(aws);
    const lines = async (text: string) => {
      const logGroupName = `/aws/lambda/${CALLBACKS}`;
      const found = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: `"${text}"` }));
      return found.events ?? [];
    };
    await waitFor(async () => (await lines('CallbackForbiddenError')).length > 0, { what: 'the log' });
    expect(await lines(TICKET)).toEqual([]);
  });
});
