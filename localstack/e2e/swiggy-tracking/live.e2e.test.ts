import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { riders } from '../../../functions/swiggy-tracking/contract.seed.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { ROOT } from '../../cloud/paths.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';
import { credentialsOf } from '../workers.ts';
import { type Person, trackingIn } from './orders.ts';

const opened = openCity();
const { city, run } = opened;
const tracking = trackingIn(opened);
const queues = queuesOf(city);
const [ravi] = riders;
if (!ravi) throw new Error('nobody rides');
const rider = `${ravi.id}_${run}`;
const order = tracking.order(rider);

let customer: Person;
let bringer: Person;
let kitchen: Person;

beforeAll(async () => {
  const { name, phone, vehicle } = ravi;
  await tracking.operator.registerRider({ path: { riderId: rider }, body: { name, phone, vehicle } });
  customer = tracking.person(order.customer, 'customer');
  bringer = tracking.person(rider, 'rider');
  kitchen = tracking.person(order.restaurant, 'kitchen');
});
afterAll(() => tracking.close());

const kindsOf = ({ items }: Person) => items.map((item) => (item.kind === 'moved' ? item.to : item.kind));

describe('an order over a WebSocket', () => {
  it('is told, whatever the order in which it is heard, to who ordered, cooks and rides it', async () => {
    const [placed, confirmed, accepted] = [
      order.placed(),
      order.moved('PLACED', 'PAYMENT_CONFIRMED'),
      order.moved('PAYMENT_CONFIRMED', 'ACCEPTED'),
    ];
    await order.tells(accepted, confirmed, placed, confirmed);
    await waitFor(
      async () => {
        const { body } = await tracking.operator.readLog({ path: { orderId: order.id }, query: {} });
        return body.head === 3;
      },
      { what: 'the log to have it', timeoutMs: 60_000 },
    );
    for (const one of [customer, kitchen]) one.follow(order.id);
    await order.tells(order.rides());
    await Promise.all([customer, kitchen].map((one) => one.has(4)));
    bringer.follow(order.id);
    await bringer.has(4);
    for (const one of [customer, kitchen, bringer])
      expect(kindsOf(one)).toEqual(['placed', 'PAYMENT_CONFIRMED', 'ACCEPTED', 'rider']);
    expect(customer.items[3]).toMatchObject({ text: 'Ravi Kumar will bring the food.' });
  });

  it('is nobody else’s: a stranger learns nothing, not even that there is one', async () => {
    const stranger = tracking.person(`customer_${crypto.randomUUID()}`, 'customer');
    stranger.follow(order.id);
    await waitFor(() => stranger.refused.length > 0, { what: 'the stranger to be refused' });
    expect(stranger.refused).toEqual(['NotFoundError']);
    expect(stranger.items).toEqual([]);
    const asked = tracking.stranger().readLog({ path: { orderId: order.id }, query: {} });
    await expect(asked).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
  });

  it('is talked about by all of them, each message once', async () => {
    const message = { order: order.id, text: 'Second floor, please. दूसरी मंज़िल।', clientMessageId: 'c-1' };
    const first = await customer.tracking.chat(message);
    expect(await customer.tracking.chat(message)).toEqual(first);
    await bringer.tracking.chat({ order: order.id, text: 'On my way', clientMessageId: 'c-1' });
    await Promise.all([customer, kitchen, bringer].map((one) => one.has(6)));
    for (const one of [customer, kitchen, bringer])
      expect(one.items.slice(4)).toMatchObject([
        { sequence: 5, from: 'customer', text: message.text },
        { sequence: 6, from: 'rider', text: 'On my way' },
      ]);
  });

  it('shows where its rider is to who ordered it, once the food is on its way: the last for certain', async () => {
    await order.tells(
      ...[order.moved('ACCEPTED', 'PREPARING'), order.moved('PREPARING', 'READY')],
      order.moved('READY', 'PICKED_UP'),
    );
    await customer.has(9);
    const steps = Array.from({ length: 8 }, (_, n) => ({ latitude: 19.06 - n / 200, longitude: 72.836 }));
    const began = Date.now();
    for (const step of steps)
      await bringer.tracking.position({ order: order.id, ...step, at: new Date().toISOString() });
    const last = steps.at(-1) ?? { latitude: 0, longitude: 0 };
    await waitFor(() => customer.positions.at(-1)?.latitude === last.latitude, {
      what: 'the last position to reach who ordered',
      timeoutMs: 30_000,
    });
    // At most one a second, and the one at the beginning.
    expect(customer.positions.length).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - began) / 1000));
    expect(kitchen.positions).toEqual([]);
  });

  it('goes on where it was after a cut, and nothing was lost meanwhile', async () => {
    customer.cut();
    await order.tells(
      order.moved('PICKED_UP', 'OUT_FOR_DELIVERY'),
      order.moved('OUT_FOR_DELIVERY', 'DELIVERED'),
    );
    await Promise.all([customer, bringer, kitchen].map((one) => one.has(11)));
    for (const one of [customer, bringer, kitchen]) {
      expect(one.items.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 11 }, (_, n) => n + 1));
      expect(kindsOf(one).at(-1)).toBe('DELIVERED');
    }
    const late = customer.tracking.chat({ order: order.id, text: 'Thanks', clientMessageId: 'c-2' });
    await expect(late).rejects.toMatchObject({ name: 'OrderEndedError', status: 409 });
  });

  it('is read by whoever has no WebSocket, who waits for what comes', async () => {
    const doors = tracking.doorsOf(order.customer, 'customer');
    const { body } = await doors.readLog({ path: { orderId: order.id }, query: { from: 4 } });
    expect(body.items.map(({ sequence }) => sequence)).toEqual([5, 6, 7, 8, 9, 10, 11]);
    const other = tracking.order(rider);
    await other.tells(other.placed());
    const theirs = tracking.doorsOf(other.customer, 'customer');
    const path = { orderId: other.id };
    await waitFor(() => theirs.readLog({ path, query: {} }), {
      what: 'the order to be there',
      timeoutMs: 30_000,
    });
    const waiting = theirs.readLog({ path, query: { from: 1, wait: 9 } });
    await other.tells(other.moved('PLACED', 'ACCEPTED'));
    expect((await waiting).body.items).toMatchObject([{ sequence: 2, to: 'ACCEPTED' }]);
  });

  it('leaves no letter behind', async () => {
    const names = [
      'parking',
      'follow-orders-dead',
      'learn-places-dead',
      'fan-out-dead',
      'push-position-dead',
    ];
    const letters = await Promise.all(names.map((name) => queues.look(`swiggy-tracking-${name}`)));
    expect(letters.flat().filter((letter) => letter.includes(order.id))).toEqual([]);
  });
});

it('no log has a word of what was written, a ticket, or where somebody was', async () => {
  const logs = new CloudWatchLogsClient(opened.aws);
  const text = await allLines(logs, '/aws/lambda/swiggy-tracking-');
  expect(text).toContain('command answered');
  expect(text).toContain(order.id);
  for (const word of ['Second floor', 'मंज़िल', 'On my way', 'Ravi Kumar', '9876543001'])
    expect(text.includes(word), word).toBe(false);
  // A time in milliseconds may end with these digits.
  expect(text).not.toMatch(/(?<!\d)72\.836/);
  expect(text).not.toMatch(/ticket=|"ticket":"ey/);
});

describe('a socket', () => {
  const connections = tableOf(city, 'swiggy-tracking', 'ConnectionsName');
  const doors = tracking.doorsOf(order.customer, 'customer');
  const ticket = async () => (await doors.issueTicket({ body: { role: 'customer' } })).body.url;
  const openedAt = (url: string) =>
    new Promise<WebSocket | undefined>((resolve) => {
      const socket = new WebSocket(url);
      socket.addEventListener('open', () => resolve(socket));
      socket.addEventListener('error', () => resolve(undefined));
    });

  it('opens by a ticket, once, and by nothing else', async () => {
    const url = await ticket();
    const socket = await openedAt(url);
    expect(socket).toBeDefined();
    expect(await openedAt(url)).toBeUndefined();
    expect(await openedAt(tracking.socketUrl)).toBeUndefined();
    expect(await openedAt(`${tracking.socketUrl}?ticket=made.up`)).toBeUndefined();
    socket?.close();
  });

  it('answers what is no command by the one frame of errors, in the language of its ticket', async () => {
    const socket = await openedAt(await ticket());
    const heard: { id?: string; error?: { name: string; detail: string } }[] = [];
    socket?.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data))));
    for (const text of ['hello', '{"type":"dance","id":"m-1"}', '{"type":"chat","id":"m-2","payload":{}}'])
      socket?.send(text);
    await waitFor(() => heard.length >= 3, { what: 'three answers', timeoutMs: 30_000 });
    expect(heard.map(({ id, error }) => [id, error?.name])).toEqual([
      [undefined, 'InvalidInputError'],
      ['m-1', 'InvalidInputError'],
      ['m-2', 'InvalidInputError'],
    ]);
    expect(heard[1]?.error?.detail).toContain('one of subscribe, unsubscribe, chat, position, heartbeat');
    expect(JSON.stringify(heard)).not.toMatch(/\bat .*\.js|stack/);
    socket?.close();
  });

  it('is spoken to by hand as the page says', async () => {
    const page = readFileSync(join(ROOT, 'functions/swiggy-tracking/README.md'), 'utf8');
    const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
    const token = await opened.stage.subject(order.customer, 'customer')('swiggy-tracking');
    const shell = spawn('bash', ['-c', commands], {
      env: {
        ...process.env,
        ...{ TRACKING: city.systems['swiggy-tracking']?.url, TOKEN: token, ORDER: order.id },
      },
      detached: true,
    });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (text) => (said += String(text)));
    try {
      await waitFor(
        (seen) => {
          seen(said);
          return said.includes('\n');
        },
        { what: 'an answer by hand', timeoutMs: 30_000 },
      );
    } finally {
      process.kill(-(shell.pid as number));
    }
    expect(JSON.parse(said)).toMatchObject({ type: 'ack', id: '1', payload: { order: order.id, head: 11 } });
  });

  it('is sent to by those functions alone that push', async () => {
    const endpoint = tracking.socketUrl.replace(/^ws/, 'http');
    const postAs = (name: string) => {
      const credentials = credentialsOf(`swiggy-tracking-${name}`, city.endpoint);
      const client = new ApiGatewayManagementApiClient({ endpoint, region: city.region, credentials });
      return client.send(new PostToConnectionCommand({ ConnectionId: 'nobody', Data: '{}' }));
    };
    await expect(postAs('fan-out')).rejects.toMatchObject({ name: 'GoneException' });
    await expect(postAs('chat')).rejects.toMatchObject({
      name: expect.stringMatching(/AccessDenied|Forbidden/),
    });
  });

  it('that is gone is forgotten, and what it followed', async () => {
    const person = tracking.person(order.customer, 'customer');
    person.follow(order.id);
    await person.has(11);
    const audience = async () => {
      const [found] = await connections.under(`AUDIENCE#${order.id}`);
      return Object.keys((found?.listeners ?? {}) as object).length;
    };
    const before = await audience();
    person.tracking.close();
    await waitFor(async () => (await audience()) < before, {
      what: 'the audience to shrink',
      timeoutMs: 30_000,
    });
  });
});

/** Everything that the functions of a prefix have written. */
const allLines = async (client: CloudWatchLogsClient, logGroupNamePrefix: string): Promise<string> => {
  const lines: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
    for (const { logGroupName = '' } of logGroups) {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName }))
        lines.push(...events.map(({ message = '' }) => message));
    }
  }
  return lines.join('\n');
};
