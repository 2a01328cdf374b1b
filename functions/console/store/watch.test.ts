import { describe, expect, it } from 'vitest';
import type { SystemView } from '../contract.ts';
import { metricsOfFunction } from '../domain/state.ts';
import { getQueueDepths } from '../doors/get-queue-depths.ts';
import { getSystemState } from '../doors/get-system-state.ts';
import { watch } from './watch.ts';

const at = new Date('2026-11-29T10:00:00Z');
const hour = { from: at, to: at };

interface Asked {
  readonly MetricDataQueries?: { readonly Id: string }[];
  readonly AlarmNames?: string[];
  readonly NextToken?: string;
  readonly QueueName?: string;
  readonly TableName?: string;
}

/** A cloud that answers by what it is asked, and writes down what that was. */
const cloud = (answer: (input: Asked) => object) => {
  const asked: Asked[] = [];
  const send = async ({ input }: { input: Asked }) => {
    asked.push(input);
    return answer(input);
  };
  return { asked, client: { send } as never };
};
const none = cloud(() => ({})).client;

describe('metrics', () => {
  it('come in the order in which they were asked for, from every page, whatever the order of the answer', async () => {
    const { client } = cloud(({ NextToken }) =>
      NextToken === undefined
        ? { NextToken: 'more', MetricDataResults: [{ Id: 'm1', Timestamps: [at], Values: [2] }] }
        : {
            MetricDataResults: [
              { Id: 'm0', Timestamps: [at], Values: [1] },
              { Id: 'm1', Timestamps: [at, at], Values: [3] },
              { Id: 'm2' },
            ],
          },
    );
    const found = await watch(client, none, none).points(metricsOfFunction('f').slice(0, 3), hour);
    expect(found.map((points) => points.map(({ value }) => value))).toEqual([[1], [2, 3], []]);
  });

  it('are asked for five hundred at a time, alarms a hundred', async () => {
    const { client, asked } = cloud(() => ({}));
    const metrics = Array.from({ length: 100 }, (_, n) => metricsOfFunction(`f${n}`)).flat();
    const alarms = Array.from({ length: 150 }, (_, n) => `alarm-${n}`);
    expect(await watch(client, none, none).points(metrics, hour)).toEqual(metrics.map(() => []));
    expect(await watch(client, none, none).alarms(alarms)).toEqual(alarms.map((name) => ({ name })));
    expect(
      asked.map(({ MetricDataQueries, AlarmNames }) => (MetricDataQueries ?? AlarmNames)?.length),
    ).toEqual([500, 100, 100, 50]);
  });
});

it('an alarm has its state, why, and since when; one that is not there its name', async () => {
  const moved = new Date('2026-11-29T10:05:00Z');
  const ringing = { StateValue: 'ALARM', StateReason: 'too many' };
  const MetricAlarms = [
    { AlarmName: 'b', ...ringing, StateTransitionedTimestamp: at, StateUpdatedTimestamp: moved },
    { AlarmName: 'c', ...ringing, StateUpdatedTimestamp: moved },
  ];
  const { client } = cloud(() => ({ MetricAlarms }));
  expect(await watch(client, none, none).alarms(['a', 'b', 'c'])).toEqual([
    { name: 'a' },
    { name: 'b', state: 'ALARM', reason: 'too many', since: at.toISOString() },
    { name: 'c', state: 'ALARM', reason: 'too many', since: moved.toISOString() },
  ]);
});

describe('a queue', () => {
  const missing = Object.assign(new Error('none'), { name: 'QueueDoesNotExist' });

  it('has what SQS counts, and nothing for what SQS does not say', async () => {
    const { client, asked } = cloud(({ QueueName }) =>
      QueueName ? { QueueUrl: 'http://q' } : { Attributes: { ApproximateNumberOfMessages: '7' } },
    );
    const looking = watch(none, client, none);
    expect(await looking.queue('q')).toEqual({ visible: 7 });
    expect(await looking.queue('q')).toEqual({ visible: 7 });
    // Its address is asked for once.
    expect(asked).toHaveLength(3);
  });

  it('that is not there, or goes just then, is no error', async () => {
    const gone = cloud(() => Promise.reject(missing) as never);
    expect(await watch(none, gone.client, none).queue('q')).toEqual({});
    const going = cloud(({ QueueName }) =>
      QueueName ? { QueueUrl: 'http://q' } : (Promise.reject(missing) as never),
    );
    expect(await watch(none, going.client, none).queue('q')).toEqual({});
    const out = cloud(() => Promise.reject(new Error('out of reach')) as never);
    await expect(watch(none, out.client, none).queue('q')).rejects.toThrow('out of reach');
  });
});

describe('a table', () => {
  const missing = Object.assign(new Error('none'), { name: 'ResourceNotFoundException' });
  const told = (Table: object) => watch(none, none, cloud(() => ({ Table })).client).table('t');

  it('has what DynamoDB says, and nothing for what it does not say', async () => {
    const empty = { TableStatus: 'ACTIVE', ItemCount: 0, TableSizeBytes: 0 };
    expect(await told({ ...empty, StreamSpecification: { StreamEnabled: true } })).toEqual({
      ...{ status: 'ACTIVE', items: 0, bytes: 0, stream: true },
    });
    expect(await told({ TableStatus: 'CREATING' })).toEqual({ status: 'CREATING', stream: false });
  });

  it('that is not there is no error, and one that is out of reach is', async () => {
    const gone = cloud(() => Promise.reject(missing) as never);
    expect(await watch(none, none, gone.client).table('t')).toEqual({});
    const out = cloud(() => Promise.reject(new Error('out of reach')) as never);
    await expect(watch(none, none, out.client).table('t')).rejects.toThrow('out of reach');
  });
});

describe('GET /systems/{system}/state', () => {
  const system = {
    ...{ name: 'identity', functions: ['f', 'g'], machines: [], events: { in: [], out: [] } },
    ...{ queues: [{ name: 'q', deadLetters: 'q-dead' }], alarms: ['q-behind'], tables: ['t', 'u'] },
  };
  const dynamo = cloud(({ TableName }) => ({ Table: { ItemCount: TableName === 't' ? 1 : 2 } })).client;
  const door = (cloudwatch: never, sqs: never, of: SystemView = system) =>
    getSystemState({ systems: async () => [of], watch: watch(cloudwatch, sqs, dynamo), now: () => at });

  it('puts each value where it belongs', async () => {
    const cloudwatch = cloud(({ MetricDataQueries }) => ({
      MetricDataResults: MetricDataQueries?.map(({ Id }, n) => ({ Id, Timestamps: [at], Values: [n + 1] })),
      MetricAlarms: [],
    }));
    const sqs = cloud(({ QueueName }) =>
      QueueName ? { QueueUrl: QueueName } : { Attributes: { ApproximateNumberOfMessages: '1' } },
    );
    const { body } = await door(cloudwatch.client, sqs.client)({ path: { system: 'identity' } } as never);
    expect(body).toEqual({
      ...{ system: 'identity', from: '2026-11-29T09:00:00.000Z', to: at.toISOString() },
      functions: [
        { name: 'f', invocations: 1, errors: 2, throttles: 3, meanMs: 0.8, maxMs: 6 },
        { name: 'g', invocations: 7, errors: 8, throttles: 9, meanMs: 0.9, maxMs: 12 },
      ],
      queues: [
        { name: 'q', visible: 1, oldestSeconds: 13 },
        { name: 'q-dead', visible: 1, oldestSeconds: 14 },
      ],
      tables: [
        { name: 't', items: 1, stream: false },
        { name: 'u', items: 2, stream: false },
      ],
      alarms: [{ name: 'q-behind' }],
    });
  });

  it('says nothing of tables where the stack does not', async () => {
    const { tables: _, ...older } = system;
    const { body } = await door(none, none, older)({ path: { system: 'identity' } } as never);
    expect(body).not.toHaveProperty('tables');
  });

  it('does not know a system that is not deployed', async () => {
    const unknown = door(none, none)({ path: { system: 'zomato' } } as never);
    await expect(unknown).rejects.toMatchObject({ name: 'NotFoundError', facts: { what: 'system' } });
  });
});

describe('GET /systems/{system}/queues', () => {
  const queues = [{ name: 'q', deadLetters: 'q-dead' }, { name: 'parking' }];
  const system = {
    ...{ name: 'identity', functions: [], machines: [], events: { in: [], out: [] } },
    ...{ queues, alarms: [] },
  };
  const missing = Object.assign(new Error('none'), { name: 'QueueDoesNotExist' });
  const asked = (name: string) => {
    const sqs = cloud(({ QueueName }) => {
      if (QueueName === 'parking') throw missing;
      return QueueName ? { QueueUrl: QueueName } : { Attributes: { ApproximateNumberOfMessages: '3' } };
    });
    const door = getQueueDepths({ systems: async () => [system], watch: watch(none, sqs.client, none) });
    return door({ path: { system: name } } as never);
  };

  it('counts each queue and its dead letters, and says nothing of one that is not there', async () => {
    expect((await asked('identity')).body).toEqual({
      system: 'identity',
      queues: [{ name: 'q', visible: 3 }, { name: 'q-dead', visible: 3 }, { name: 'parking' }],
    });
  });

  it('is not known of a system that is not there', async () => {
    await expect(asked('zomato')).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
