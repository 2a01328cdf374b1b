import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeWorker, notesOf, notesWhen, type Worker } from './harness/lambda.ts';
import { EVENTBRIDGE } from './harness/pages.ts';
import { depth, makeQueue, type Queue, received } from './harness/sqs.ts';

const SOURCE = 'parity';

const makeBus = async (cloud: Cloud): Promise<string> => {
  const events = cloud.client(EventBridgeClient);
  const Name = cloud.name('bus');
  await events.send(new CreateEventBusCommand({ Name }));
  cloud.later(() => events.send(new DeleteEventBusCommand({ Name })));
  return Name;
};

const makeRule = async (
  cloud: Cloud,
  bus: string,
  pattern: object,
  target: Omit<Target, 'Id'>,
  as = 'rule',
) => {
  const events = cloud.client(EventBridgeClient);
  const on = { EventBusName: bus };
  const Name = cloud.name(as);
  const { RuleArn } = await events.send(
    new PutRuleCommand({ ...on, Name, EventPattern: JSON.stringify({ source: [SOURCE], ...pattern }) }),
  );
  cloud.later(() => events.send(new DeleteRuleCommand({ ...on, Name })));
  await events.send(
    new PutTargetsCommand({ ...on, Rule: Name, Targets: [{ Id: 'one', ...target } as Target] }),
  );
  cloud.later(() => events.send(new RemoveTargetsCommand({ ...on, Rule: Name, Ids: ['one'] })));
  return RuleArn ?? '';
};

const put = (cloud: Cloud, bus: string, ...details: object[]) =>
  cloud.client(EventBridgeClient).send(
    new PutEventsCommand({
      Entries: details.map((detail) => ({
        EventBusName: bus,
        Source: SOURCE,
        DetailType: 'Tried',
        Detail: JSON.stringify(detail),
      })),
    }),
  );

const detailsAt = async (cloud: Cloud, queue: Queue, count: number): Promise<unknown[]> =>
  (await received(cloud, queue, count, { what: `${count} events` })).map(
    ({ Body }) => (JSON.parse(Body ?? '{}') as { detail?: unknown }).detail,
  );

const allow = (cloud: Cloud, { name: FunctionName }: Worker, rule: string) =>
  cloud.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'rule',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: rule,
    }),
  );

behaviour(
  'A rule lets events through that match its pattern: values, prefixes, numbers, what exists, and none of these',
  { page: EVENTBRIDGE.patterns, reliedOn: 'stacks — rules by type' },
  async (cloud) => {
    const bus = await makeBus(cloud);
    const queue = await makeQueue(cloud, { open: 'events' });
    await makeRule(
      cloud,
      bus,
      {
        detail: {
          kind: [{ prefix: 'pay' }],
          amount: [{ numeric: ['>', 10, '<=', 20] }],
          city: [{ 'anything-but': ['Pune'] }],
          note: [{ exists: false }],
        },
      },
      { Arn: queue.arn },
    );
    const good = { kind: 'payment', amount: 20, city: 'Mumbai', last: true };
    const { last: _, ...same } = good;
    await put(
      cloud,
      bus,
      { ...same, kind: 'refund' },
      { ...same, amount: 10 },
      { ...same, city: 'Pune' },
      { ...same, note: 'x' },
      good,
    );
    expectSeen('let through', await detailsAt(cloud, queue, 1), [good]);
    expectSeen('left on the queue', (await depth(cloud, queue)).waiting, 0);
  },
);

behaviour(
  'A target may get a part of the event, or a text made of parts of it',
  { page: EVENTBRIDGE.transform, reliedOn: 'stacks — rules hand on the detail alone' },
  async (cloud) => {
    const bus = await makeBus(cloud);
    const part = await makeQueue(cloud, { as: 'part', open: 'events' });
    const text = await makeQueue(cloud, { as: 'text', open: 'events' });
    await makeRule(cloud, bus, {}, { Arn: part.arn, InputPath: '$.detail' }, 'part');
    await makeRule(
      cloud,
      bus,
      {},
      {
        Arn: text.arn,
        InputTransformer: { InputPathsMap: { who: '$.detail.who' }, InputTemplate: '{"hello": <who>}' },
      },
      'text',
    );
    await put(cloud, bus, { who: 'Meera' });
    const [one] = await received(cloud, part, 1, { what: 'the part' });
    const [two] = await received(cloud, text, 1, { what: 'the text' });
    expectSeen('part', JSON.parse(one?.Body ?? '""'), { who: 'Meera' });
    expectSeen('text', JSON.parse(two?.Body ?? '""'), { hello: 'Meera' });
  },
);

behaviour(
  'A bad entry among others is refused alone, and the answer says which',
  { page: EVENTBRIDGE.putEvents },
  async (cloud) => {
    const bus = await makeBus(cloud);
    const entry = { EventBusName: bus, Source: SOURCE, DetailType: 'Tried' };
    const { FailedEntryCount, Entries } = await cloud.client(EventBridgeClient).send(
      new PutEventsCommand({
        Entries: [
          { ...entry, Detail: '{}' },
          { ...entry, Detail: 'no JSON' },
        ],
      }),
    );
    expectSeen('failed', FailedEntryCount, 1);
    expectSeen(
      'which',
      Entries?.map(({ ErrorCode }) => ErrorCode),
      [undefined, 'MalformedDetail'],
    );
  },
);

behaviour(
  'An event for a queue whose policy does not let EventBridge in goes to the dead-letter queue, with the reason',
  { page: EVENTBRIDGE.deadLetters },
  async (cloud) => {
    const bus = await makeBus(cloud);
    const closed = await makeQueue(cloud, { as: 'closed' });
    const dead = await makeQueue(cloud, { as: 'dead', open: 'events' });
    await makeRule(cloud, bus, {}, { Arn: closed.arn, DeadLetterConfig: { Arn: dead.arn } });
    await put(cloud, bus, { n: 1 });
    const [letter] = await received(cloud, dead, 1, { what: 'the dead letter' });
    expectSeen('detail', (JSON.parse(letter?.Body ?? '{}') as { detail?: unknown }).detail, { n: 1 });
    expectSeen('reason', letter?.MessageAttributes?.ERROR_CODE?.StringValue, 'NO_PERMISSIONS');
    expectSeen('delivered', (await depth(cloud, closed)).waiting, 0);
  },
);

behaviour(
  'An event for a target that is not there goes to the dead-letter queue',
  { page: EVENTBRIDGE.deadLetters },
  async (cloud) => {
    const bus = await makeBus(cloud);
    const dead = await makeQueue(cloud, { as: 'dead', open: 'events' });
    const gone = dead.arn.replace(/[^:]+$/, cloud.name('gone'));
    await makeRule(cloud, bus, {}, { Arn: gone, DeadLetterConfig: { Arn: dead.arn } });
    await put(cloud, bus, { n: 1 });
    expectSeen('dead letters', await detailsAt(cloud, dead, 1), [{ n: 1 }]);
  },
);

behaviour(
  'A Lambda that does not let the rule in is not called by it',
  { page: EVENTBRIDGE.resourcePolicies },
  async (cloud) => {
    const bus = await makeBus(cloud);
    const seen = await makeQueue(cloud, { as: 'seen', open: 'events' });
    const worker = await makeWorker(cloud, { does: (_event: object, { note }) => note('called') });
    await makeRule(cloud, bus, {}, { Arn: worker.arn }, 'call');
    await makeRule(cloud, bus, {}, { Arn: seen.arn }, 'seen');
    await put(cloud, bus, { n: 1 });
    await received(cloud, seen, 1, { what: 'the event elsewhere' });
    const calls = await waitFor(() => notesOf(cloud, worker), { what: 'its notes' });
    expectSeen('calls', calls, []);
  },
);

behaviour(
  'A Lambda that fails is tried two more times for the same event',
  { page: EVENTBRIDGE.asyncTarget },
  async (cloud) => {
    const bus = await makeBus(cloud);
    const worker = await makeWorker(cloud, {
      does: async ({ id }: { id: string }, { note }) => {
        await note(id);
        throw new Error('never');
      },
    });
    await allow(cloud, worker, await makeRule(cloud, bus, {}, { Arn: worker.arn }));
    await put(cloud, bus, { n: 1 });
    const timeoutMs = cloud.place.target === 'aws' ? 400_000 : 12_000;
    const notes = await notesWhen<string>(cloud, worker, (all) => all.length >= 3, {
      what: 'three calls',
      timeoutMs,
    });
    expectSeen('events', new Set(notes).size, 1);
  },
);

behaviourToCome('An archive keeps events, and a replay delivers them again', {
  page: EVENTBRIDGE.archive,
  waits: 'no rule of ours replays; the CloudFormation type is not in the emulator',
});

behaviourToCome('A pipe takes records from a source, filters and shapes them, and hands them to a target', {
  page: EVENTBRIDGE.pipes,
  waits: 'our relays are Lambdas',
});
