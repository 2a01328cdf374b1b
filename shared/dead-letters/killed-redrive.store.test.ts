import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { fc, test } from '@fast-check/vitest';
import { afterAll, expect } from 'vitest';
import { effects, memoryStore, update } from '../effects/index.ts';
import { parkingQueue } from '../messaging/queue.ts';
import { fixedClock, sequenceIds, waitFor } from '../testing/index.ts';
import { countOf } from './holding.ts';
import { deadLetters } from './index.ts';
import { TRAIL } from './letter.ts';
import { openQueues, type Queue } from './queues.fixture.ts';

/** A thousand keep the city under test busy, and others late; `DABBA_LETTERS=1000` asks for them where it is alone. */
const LETTERS = Number(process.env.DABBA_LETTERS ?? 100);
const A_CALL = 10;
const CHART = 'chart';
const MINUTE = 60_000;
const DYING = fileURLToPath(new URL('./dying-redrive.fixture.ts', import.meta.url));
const trails = Array.from({ length: LETTERS }, (_, at) => `event-${at + 1}`);

const queues = openQueues();
const { client, make } = queues;
afterAll(() => queues.close());

/** What SQS takes in a call. */
const byTens = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / A_CALL) }, (_, at) =>
    all.slice(at * A_CALL, (at + 1) * A_CALL),
  );

/** Parks a letter for each trail, as a consumer does, ten in a call. */
const parkAll = async (dead: Queue, source: Queue): Promise<void> => {
  const sent: SendMessageCommand['input'][] = [];
  const collects = { send: async ({ input }: SendMessageCommand) => void sent.push(input) } as never;
  const { park } = parkingQueue(dead.url, { client: collects });
  for (const messageId of trails) {
    await park({
      ...{ error: 'PnrGoneError', message: 'PnrGoneError: pnr=1', consumer: 'irctc-booking-charting' },
      ...{ body: JSON.stringify({ id: messageId }), source: source.arn, messageId },
    });
  }
  for (const some of byTens(sent)) {
    const Entries = some.map(({ MessageBody, MessageAttributes }, index) => ({
      ...{ Id: String(index), MessageBody, MessageAttributes },
    }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: dead.url, Entries }));
  }
};

/** A consumer that works on an event once: what has come, and how often each event has had its effect. */
const worksOff = async (source: Queue) => {
  const store = memoryStore();
  const calm = { chance: () => 0, deadline: () => 5_000, pause: async () => undefined };
  const { now } = fixedClock('2026-11-29T00:00:00.000Z');
  const { commit } = effects({ store, now, ids: sequenceIds(), ...calm });
  const came: string[] = [];
  const charted = async ({ Body = '', MessageAttributes }: Message) => {
    const { id } = JSON.parse(Body) as { id: string };
    came.push(MessageAttributes?.[TRAIL]?.StringValue ?? '');
    await commit({
      effect: { owner: 'charting', name: id },
      changes: [update({ pk: id, sk: CHART }, { add: { times: 1 } })],
      answer: null,
    });
  };
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: source.url,
        MaxNumberOfMessages: A_CALL,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) await charted(message);
    await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: source.url,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
  const charts = store.all().filter(({ sk }) => sk === CHART);
  return { came, times: new Map(charts.map(({ pk, times }) => [pk, times])) };
};

/** Redrives in a process that is killed half-way through a letter, and ends the minute for which it hid what it held. */
const dies = async (dead: Queue, letter: number): Promise<void> => {
  const child = spawn(process.execPath, [DYING, dead.name, String(letter)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [exit, handles] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
  expect(exit).toEqual([null, 'SIGKILL']);
  for (const some of byTens(handles.trimEnd().split('\n'))) {
    const Entries = some.map((ReceiptHandle, index) => ({
      ...{ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 },
    }));
    // Of what it had taken off there is nothing to give back, which the answer says.
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: dead.url, Entries }));
  }
};

test.prop([fc.integer({ min: LETTERS / 10, max: LETTERS / 2 })], { numRuns: 1, endOnFailure: true })(
  `killed in the middle of ${LETTERS} letters, and run again, loses none and doubles the effect of none`,
  async (letter) => {
    const [dead, source] = [await make('dead'), await make('source')];
    await parkAll(dead, source);
    await dies(dead, letter);
    expect((await countOf(client, dead.url)).visible).toBe(LETTERS - letter + 1);
    // Once is enough, unless the machine is so busy that a read ends before it has all.
    await waitFor(
      async (seen) => {
        await deadLetters({ client, queue: dead.name }).redrive(() => true);
        const left = await countOf(client, dead.url);
        seen(left);
        return left.visible + left.inHand === 0;
      },
      { what: 'the dead-letter queue to be empty', timeoutMs: MINUTE },
    );
    const { came, times } = await worksOff(source);
    // The one that it died over has come twice: the kill was where it can hurt.
    expect(came).toHaveLength(LETTERS + 1);
    expect(new Set(came)).toEqual(new Set(trails));
    expect(times).toEqual(new Map(trails.map((trail) => [trail, 1])));
  },
  2 * MINUTE,
);
