import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { behaviour, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeWorker, notesWhen } from './harness/lambda.ts';
import { SNS } from './harness/pages.ts';
import { depth, makeQueue, type Queue, received } from './harness/sqs.ts';
import { createStack } from './harness/stack.ts';

const makeTopic = async (cloud: Cloud, { fifo = false } = {}): Promise<string> => {
  const sns = cloud.client(SNSClient);
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({
      Name: `${cloud.name('topic')}${fifo ? '.fifo' : ''}`,
      ...(fifo ? { Attributes: { FifoTopic: 'true' } } : {}),
    }),
  );
  cloud.later(() => sns.send(new DeleteTopicCommand({ TopicArn })));
  return TopicArn ?? '';
};

const subscribe = (
  cloud: Cloud,
  TopicArn: string,
  Endpoint: string,
  Attributes: Record<string, string> = {},
) =>
  cloud.client(SNSClient).send(
    new SubscribeCommand({
      TopicArn,
      Protocol: Endpoint.includes(':lambda:') ? 'lambda' : 'sqs',
      Endpoint,
      Attributes,
      ReturnSubscriptionArn: true,
    }),
  );

const RAW = { RawMessageDelivery: 'true' };

const publish = (cloud: Cloud, TopicArn: string, Message: string, more: Partial<PublishCommandInput> = {}) =>
  cloud.client(SNSClient).send(new PublishCommand({ TopicArn, Message, ...more }));

const bodiesAt = async (cloud: Cloud, queue: Queue, count: number) =>
  (await received(cloud, queue, count, { what: `${count} messages` })).map(({ Body }) => Body);

behaviour(
  'A queue gets a message in an envelope, or as it is when it asks for raw delivery, with its attributes',
  { page: SNS.raw },
  async (cloud) => {
    const topic = await makeTopic(cloud);
    const plain = await makeQueue(cloud, { as: 'plain', open: 'sns' });
    const raw = await makeQueue(cloud, { as: 'raw', open: 'sns' });
    await subscribe(cloud, topic, plain.arn);
    await subscribe(cloud, topic, raw.arn, RAW);
    await publish(cloud, topic, 'hello', {
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
    });
    const [enveloped] = await bodiesAt(cloud, plain, 1);
    const envelope = JSON.parse(enveloped ?? '{}') as { Message?: string; TopicArn?: string };
    expectSeen('in the envelope', [envelope.Message, envelope.TopicArn], ['hello', topic]);
    const [message] = await received(cloud, raw, 1, { what: 'the raw message' });
    expectSeen('raw', [message?.Body, message?.MessageAttributes?.kind?.StringValue], ['hello', 'x']);
  },
);

behaviour(
  'A filter policy on attributes lets through what matches all of its keys',
  { page: SNS.filters, reliedOn: 'stacks — WorkQueue.onTopic' },
  async (cloud) => {
    const topic = await makeTopic(cloud);
    const queue = await makeQueue(cloud, { open: 'sns' });
    const FilterPolicy = JSON.stringify({
      kind: ['paid', { prefix: 'ref' }],
      amount: [{ numeric: ['>=', 100] }],
    });
    await subscribe(cloud, topic, queue.arn, { ...RAW, FilterPolicy });
    const tell = (text: string, kind: string, amount: string) =>
      publish(cloud, topic, text, {
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: kind },
          amount: { DataType: 'Number', StringValue: amount },
        },
      });
    await tell('1', 'paid', '99');
    await tell('2', 'asked', '100');
    await publish(cloud, topic, '3');
    await tell('4', 'refunded', '100');
    await tell('5', 'paid', '200');
    expectSeen('let through', (await bodiesAt(cloud, queue, 2)).toSorted(), ['4', '5']);
    expectSeen('left', (await depth(cloud, queue)).waiting, 0);
  },
);

behaviour('A filter policy on the body reads the message as JSON', { page: SNS.filters }, async (cloud) => {
  const topic = await makeTopic(cloud);
  const queue = await makeQueue(cloud, { open: 'sns' });
  await subscribe(cloud, topic, queue.arn, {
    ...RAW,
    FilterPolicyScope: 'MessageBody',
    FilterPolicy: JSON.stringify({ order: { city: ['Pune'] } }),
  });
  for (const city of ['Mumbai', 'Pune']) await publish(cloud, topic, JSON.stringify({ order: { city } }));
  expectSeen('let through', await bodiesAt(cloud, queue, 1), ['{"order":{"city":"Pune"}}']);
});

behaviour(
  'A queue whose policy does not let the topic in gets nothing',
  { page: SNS.queueAccess },
  async (cloud) => {
    const topic = await makeTopic(cloud);
    const closed = await makeQueue(cloud, { as: 'closed' });
    const open = await makeQueue(cloud, { as: 'open', open: 'sns' });
    await subscribe(cloud, topic, closed.arn, RAW);
    await subscribe(cloud, topic, open.arn, RAW);
    await publish(cloud, topic, 'hello');
    await bodiesAt(cloud, open, 1);
    expectSeen('delivered', (await depth(cloud, closed)).waiting, 0);
  },
);

behaviour(
  'What cannot be delivered to a subscriber that is gone goes to the dead-letter queue of the subscription',
  { page: SNS.deadLetters },
  async (cloud) => {
    const topic = await makeTopic(cloud);
    const dead = await makeQueue(cloud, { as: 'dead', open: 'sns' });
    const gone = dead.arn.replace(/[^:]+$/, cloud.name('gone'));
    await subscribe(cloud, topic, gone, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }) });
    await publish(cloud, topic, 'hello');
    const [body] = await bodiesAt(cloud, dead, 1);
    expectSeen('the dead letter', body?.includes('hello'), true);
  },
);

behaviour('A Lambda that fails is tried again for the same message', { page: SNS.lambda }, async (cloud) => {
  const topic = await makeTopic(cloud);
  const worker = await makeWorker(cloud, {
    does: async ({ Records }: { Records: { Sns: { MessageId: string } }[] }, { note }) => {
      await note(Records[0]?.Sns.MessageId);
      throw new Error('never');
    },
  });
  await cloud.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName: worker.name,
      StatementId: 'topic',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: topic,
    }),
  );
  await subscribe(cloud, topic, worker.arn);
  await publish(cloud, topic, 'hello');
  const timeoutMs = cloud.place.target === 'aws' ? 300_000 : 10_000;
  const notes = await notesWhen(cloud, worker, (all) => all.length >= 2, {
    what: 'a second call',
    timeoutMs,
  });
  expectSeen('messages', new Set(notes).size, 1);
});

behaviour(
  'A FIFO topic hands messages of a group to a FIFO queue in order, and each deduplication id once',
  { page: SNS.fifo, reliedOn: 'shared/messaging — topic' },
  async (cloud) => {
    const topic = await makeTopic(cloud, { fifo: true });
    const queue = await makeQueue(cloud, { fifo: true, open: 'sns' });
    await subscribe(cloud, topic, queue.arn, RAW);
    for (const text of ['1', '2', '2', '3']) {
      await publish(cloud, topic, text, { MessageGroupId: 'a', MessageDeduplicationId: text });
    }
    expectSeen('received', await bodiesAt(cloud, queue, 3), ['1', '2', '3']);
    expectSeen('left', (await depth(cloud, queue)).waiting, 0);
  },
);

behaviour(
  'A FIFO queue gets the group that a FIFO topic was told, so that one group that is stuck holds up no other',
  { page: SNS.fifo, reliedOn: 'shared/messaging — topic' },
  async (cloud) => {
    const topic = await makeTopic(cloud, { fifo: true });
    const queue = await makeQueue(cloud, { fifo: true, open: 'sns' });
    await subscribe(cloud, topic, queue.arn, RAW);
    const tell = (text: string, group: string) =>
      publish(cloud, topic, text, { MessageGroupId: group, MessageDeduplicationId: text });
    await tell('a1', 'a');
    const [stuck] = await received(cloud, queue, 1, { what: 'the first of a group' });
    expectSeen('its group', stuck?.Attributes?.MessageGroupId, 'a');
    for (const [text, group] of [
      ['a2', 'a'],
      ['b1', 'b'],
      ['b2', 'b'],
    ] as const) {
      await tell(text, group);
    }
    expectSeen('received beside it', await bodiesAt(cloud, queue, 2), ['b1', 'b2']);
    expectSeen('left', (await depth(cloud, queue)).waiting, 1);
  },
);

behaviour(
  'A FIFO topic that a template makes keeps the groups of a batch, and hands over each deduplication id once',
  { page: SNS.fifo },
  async (cloud) => {
    const { outputs } = await createStack(cloud, {
      Resources: {
        Topic: {
          Type: 'AWS::SNS::Topic',
          Properties: { TopicName: `${cloud.name('topic')}.fifo`, FifoTopic: true },
        },
      },
      Outputs: { Arn: { Value: { Ref: 'Topic' } } },
    });
    const queue = await makeQueue(cloud, { fifo: true, open: 'sns' });
    const TopicArn = outputs.Arn ?? '';
    await subscribe(cloud, TopicArn, queue.arn, RAW);
    const entry = { Message: '1', MessageGroupId: 'a', MessageDeduplicationId: '1' };
    for (const Id of ['first', 'again']) {
      const PublishBatchRequestEntries = [{ Id, ...entry }];
      await cloud.client(SNSClient).send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    }
    const [message] = await received(cloud, queue, 1, { what: 'the message' });
    expectSeen('its group', message?.Attributes?.MessageGroupId, 'a');
    const { waiting, hidden } = await depth(cloud, queue);
    expectSeen('messages', waiting + hidden, 1);
  },
);
