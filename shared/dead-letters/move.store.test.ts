/** SQS's own way back, on an emulator: it moves, follows the rate, is stopped, and is refused where it cannot. */
import { ReceiveMessageCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../testing/index.ts';
import { pause } from '../time/index.ts';
import { deadLetters, moveTasks, redriveWhole } from './index.ts';
import { openQueues, type Queue } from './queues.fixture.ts';

const queues = openQueues();
const { client, lying, make, moved, park, take } = queues;
afterAll(() => queues.close());

let dead: Queue;
let source: Queue;
const pair = async (ending = ''): Promise<void> => {
  const fifo = ending === '' ? {} : { FifoQueue: 'true' };
  dead = await make(`dead${ending}`, fifo);
  source = await make(`source${ending}`, {
    ...{ ...fifo, VisibilityTimeout: '0' },
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
  });
};
beforeEach(() => pair());

const FAST = { ratePerSecond: 100, leftMs: () => 20_000, pause };
const tasks = (queue = dead) => moveTasks({ client, queue: queue.name });
const letters = (queue = dead) => deadLetters({ client, queue: queue.name });
const whole = (following: Partial<typeof FAST & { dryRun: boolean }> = {}, queue = dead) =>
  redriveWhole(
    { letters: letters(queue), tasks: tasks(queue), letterwise: () => letters(queue).redrive(() => true) },
    { ...FAST, ...following },
  );

describe('a whole queue of dead letters', () => {
  it('goes back by SQS’s own task, as new messages: what no redrive of ours has written on them is lost', async () => {
    const first = await moved(source, dead, { body: '{"pnr":1}' });
    await moved(source, dead, { body: '{"pnr":2}' });
    expect(await whole({ dryRun: true })).toMatchObject({ way: 'move task', moved: 2 });
    expect(await lying(dead)).toBe(2);
    expect(await whole()).toEqual({
      ...{ way: 'move task', moved: 2, outcomes: [] },
      task: { state: 'completed', moved: 2, toMove: 2 },
    });
    expect([await lying(dead), await lying(source)]).toEqual([0, 2]);
    const back = await take(source);
    expect(back.Body).toBe('{"pnr":1}');
    expect(back.MessageId).not.toBe(first);
    expect(Object.keys(back.MessageAttributes ?? {})).toEqual(['traceparent']);
  });

  it('keeps the trail of a letter that a redrive of ours had written on it', async () => {
    const trail = await moved(source, dead, { body: '{"pnr":1}' });
    expect(await letters().redrive(() => true)).toMatchObject([{ outcome: 'sent back' }]);
    await waitFor(
      async () => {
        await client.send(new ReceiveMessageCommand({ QueueUrl: source.url, VisibilityTimeout: 0 }));
        return (await lying(dead)) === 1;
      },
      { what: 'the message to fail again' },
    );
    expect(await whole()).toMatchObject({ way: 'move task', moved: 1 });
    expect((await take(source)).MessageAttributes).toMatchObject({
      ...{ trail: { StringValue: trail }, redrives: { StringValue: '1' } },
    });
  });

  it('of a FIFO queue goes back to its groups', async () => {
    await pair('.fifo');
    await moved(source, dead, { body: '{"pnr":1}', group: '12951|2A' });
    expect(await whole()).toMatchObject({ way: 'move task', moved: 1 });
    expect((await take(source)).Attributes?.MessageGroupId).toBe('12951|2A');
  });

  it('goes letter by letter when one of them was parked, and when it is nobody’s dead-letter queue', async () => {
    await moved(source, dead, { body: '{"pnr":1}' });
    await park(dead, source, '{"pnr":2}');
    expect(await whole()).toMatchObject({ because: 'not only moved letters', moved: 2 });
    expect(await lying(dead)).toBe(0);
    const nobodys = await make('parking');
    expect(await tasks(nobodys).start(1)).toEqual({ refused: 'InvalidParameterValue' });
    expect(await tasks(nobodys).newest()).toBeUndefined();
  });
});

describe('a task that runs', () => {
  beforeEach(async () => {
    for (const pnr of [1, 2, 3]) await moved(source, dead, { body: `{"pnr":${pnr}}` });
  });

  it('keeps its rate, is found by whoever asks again, and told of as it ended', async () => {
    const begun = await tasks().start(1);
    expect(begun).toMatchObject({ state: 'running' });
    expect(await tasks().start(100)).toMatchObject({ state: 'running' });
    expect(await whole({ leftMs: () => 0 })).toMatchObject({ task: { state: 'running' } });
    expect(await whole()).toMatchObject({ moved: 3, task: { state: 'completed', moved: 3, toMove: 3 } });
  });

  it('is stopped; what it has not moved stays, and none is left to stop', async () => {
    await tasks().start(1);
    const { state, moved: gone } = await tasks().stop();
    expect(state).toBe('stopped');
    await expect(tasks().stop()).rejects.toMatchObject({ name: 'NotFoundError' });
    const rest = 3 - gone;
    expect(await whole()).toMatchObject({ moved: rest, task: { state: 'completed', toMove: rest } });
  });

  it('and fails at a letter that came meanwhile and that SQS did not move is finished letter by letter', async () => {
    await client.send(
      new StartMessageMoveTaskCommand({ SourceArn: dead.arn, MaxNumberOfMessagesPerSecond: 1 }),
    );
    await park(dead, source, '{"pnr":4}');
    expect(await whole()).toMatchObject({
      ...{ way: 'letter by letter', because: 'its task failed', moved: 4 },
      task: { state: 'failed', reason: 'CouldNotDetermineMessageSource', moved: 3 },
    });
  });
});

it('a queue that is not there is an error by its name', async () => {
  await expect(tasks({ ...dead, name: 'none' }).newest()).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});
