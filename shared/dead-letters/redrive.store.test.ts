import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { effects, memoryStore } from '../effects/index.ts';
import { fixedClock, sequenceIds } from '../testing/index.ts';
import { editing } from './edit.ts';
import { deadLetters } from './index.ts';
import { openQueues, type Queue } from './queues.fixture.ts';

const queues = openQueues();
const { client, make, take, park } = queues;
afterAll(() => queues.close());

let dead: Queue;
let source: Queue;
beforeEach(async () => {
  dead = await make('dead');
  source = await make('source');
});
const all = () => true;
const desk = (send: typeof client.send = client.send.bind(client) as typeof client.send) =>
  deadLetters({ client: { send }, queue: dead.name });
/** The client, with something done before or after a command of a kind. */
const meddled = (
  kind: new (input: never) => object,
  {
    before = async () => {},
    after = async () => {},
  }: { before?: () => Promise<void>; after?: () => Promise<void> },
) =>
  (async (command: never) => {
    const isMeant = (command as object) instanceof kind;
    if (isMeant) await before();
    const answer = await client.send(command);
    if (isMeant) await after();
    return answer;
  }) as unknown as typeof client.send;
const dies = async () => {
  throw Object.assign(new Error('killed'), { name: 'Runtime.ExitError' });
};
const noneIn = async (queue: Queue) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl: queue.url }))).Messages === undefined;

describe('a redrive', () => {
  it('that was stopped after it had sent loses nothing, and doubles nothing: its consumer works on an event once', async () => {
    await park(dead, source, '{"id":"event-1"}');
    const [lost] = await desk(meddled(SendMessageCommand, { after: dies })).redrive(all);
    expect(lost).toMatchObject({ outcome: 'failed', reason: 'Runtime.ExitError' });
    expect(await desk().redrive(all)).toMatchObject([{ outcome: 'sent back', letter: { redrives: 0 } }]);
    const came = [await take(source), await take(source)];
    expect(new Set(came.map(({ MessageAttributes }) => MessageAttributes?.trail?.StringValue))).toEqual(
      new Set(['first-id']),
    );
    const calm = { chance: () => 0, deadline: () => 5_000, pause: async () => undefined };
    const clock = fixedClock('2026-11-29T00:00:00.000Z');
    const { commit } = effects({ store: memoryStore(), now: clock.now, ids: sequenceIds(), ...calm });
    const worked: boolean[] = [];
    for (const { Body = '' } of came) {
      const { id } = JSON.parse(Body) as { id: string };
      worked.push((await commit({ effect: { owner: 'charting', name: id }, answer: 'done' })).repeated);
    }
    expect(worked).toEqual([false, true]);
  });

  it('says of a letter that could not be taken off that it was sent, and lies here as well', async () => {
    await park(dead, source, '{"id":"event-1"}');
    const outcomes = await desk(meddled(DeleteMessageCommand, { before: dies })).redrive(all);
    expect(outcomes).toMatchObject([{ outcome: 'sent back', stillHere: true }]);
    expect((await desk().look()).letters).toHaveLength(1);
  });

  it.each(['redrive', 'discard'] as const)(
    'or a discard leaves a letter that somebody else took meanwhile: %s',
    async (action) => {
      await park(dead, source, '{"id":"event-1"}');
      const lost = meddled(ChangeMessageVisibilityCommand, {
        before: async () => {
          throw Object.assign(new Error('not yours'), { name: 'ReceiptHandleIsInvalid' });
        },
      });
      expect(await desk(lost)[action](all)).toMatchObject([{ outcome: 'gone' }]);
      expect(await noneIn(source)).toBe(true);
    },
  );

  it('goes on behind a letter whose queue is not there any more', async () => {
    const lost = { ...source, arn: `${source.arn}-gone` };
    await park(dead, lost, '{"id":"event-1"}', 'm1');
    await park(dead, source, '{"id":"event-2"}', 'm2');
    const outcomes = await desk().redrive(all);
    expect(Object.fromEntries(outcomes.map(({ letter, outcome }) => [letter.trail, outcome]))).toEqual({
      m1: 'failed',
      m2: 'sent back',
    });
    expect((await desk().look()).letters.map(({ trail }) => trail)).toEqual(['m1']);
  });

  it('asks where a queue is once, and not for each letter', async () => {
    for (const id of ['m1', 'm2', 'm3']) await park(dead, source, '{}', id);
    let asked = 0;
    const counted = meddled(GetQueueUrlCommand, {
      before: async () => {
        asked += 1;
      },
    });
    expect(await desk(counted).redrive(all)).toHaveLength(3);
    expect(asked).toBe(2);
  });

  it('leaves what its consumer has worked on, and what there is no time for', async () => {
    await park(dead, source, '{"id":"event-1"}');
    expect(await desk().redrive(all, { worked: async () => 'yes' })).toMatchObject([
      { outcome: 'already processed', worked: 'yes' },
    ]);
    expect(await desk().redrive(all, { worked: async () => 'no', turn: async () => false })).toMatchObject([
      { outcome: 'not reached', worked: 'no' },
    ]);
    expect(await noneIn(source)).toBe(true);
    expect((await desk().look()).letters).toHaveLength(1);
  });

  it('sends an edited message with every other byte as it was; one that cannot be edited stays', async () => {
    await park(dead, source, '{ "id":"event-1", "token":"secret","amount":9007199254740993 }', 'm1');
    const redrive = (path: string) =>
      desk().redrive(all, { edited: editing({ m1: [{ path, json: '9007199254740995' }] }) });
    expect(await redrive('/none')).toMatchObject([{ outcome: 'edit does not fit' }]);
    expect(await redrive('/amount')).toMatchObject([{ outcome: 'sent back', letter: { trail: 'm1' } }]);
    expect((await take(source)).Body).toBe('{ "id":"event-1", "token":"secret","amount":9007199254740995 }');
    expect((await desk().look()).letters).toEqual([]);
  });

  it('waits for a letter that somebody else is only looking at', async () => {
    await park(dead, source, '{"id":"event-1"}');
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: dead.url, VisibilityTimeout: 3 }),
    );
    expect(Messages).toHaveLength(1);
    expect(await desk().redrive(all)).toEqual([]);
    const isEnough = (read: readonly unknown[]) => read.length > 0;
    expect(await desk().redrive(all, { isEnough })).toMatchObject([{ outcome: 'sent back' }]);
  });
});

it('a look says how many letters it has not seen', async () => {
  for (const id of ['m1', 'm2', 'm3']) await park(dead, source, '{}', id);
  await client.send(new ReceiveMessageCommand({ QueueUrl: dead.url, VisibilityTimeout: 30 }));
  const { letters, waiting } = await desk().look();
  expect([letters.length, waiting]).toEqual([2, 3]);
});
