import { Match, Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { Exchange } from './constructs/exchange.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { EFFECT_INDEXES, HouseTable } from './constructs/house-table.ts';
import { Outbox } from './constructs/outbox.ts';
import { Parking } from './constructs/parking.ts';
import { SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';
import { textOf } from './template.ts';

const stackOf = (): SystemStack =>
  new SystemStack(new App({ context: { target: 'local' } }), { system: 'platform' });
/** A work queue, with a consumer that the build has. */
const queueOf = (stack: SystemStack, options: { readonly fifo?: boolean } = {}, file = 'collect-spans') =>
  new WorkQueue(stack, stack, { consumer: new HouseFunction(stack, stack, { file }), ...options });
const policiesIn = (template: Template) =>
  Object.values(template.findResources('AWS::SQS::QueuePolicy')).map(({ Properties }) => Properties);

describe('an exchange', () => {
  it('is a topic of its system that encrypts, and goes with its stack', () => {
    const stack = stackOf();
    new Exchange(stack, stack, { name: 'notices' });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::SNS::Topic', {
      Properties: {
        TopicName: 'platform-notices',
        FifoTopic: Match.absent(),
        KmsMasterKeyId: Match.anyValue(),
      },
      DeletionPolicy: Match.absent(),
    });
    const [topic] = Object.values(template.findResources('AWS::SNS::Topic'));
    expect(textOf(topic?.Properties.KmsMasterKeyId)).toMatch(/:alias\/aws\/sns$/);
  });

  it('keeps order where it is told to, and knows an event by its id, never by its text', () => {
    const stack = stackOf();
    new Exchange(stack, stack, { name: 'bookings', fifo: true });
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Topic', {
      TopicName: 'platform-bookings.fifo',
      FifoTopic: true,
      ContentBasedDeduplication: false,
    });
  });

  it.each([
    [{ types: ['a.Asked'] }, ['a.Refunded']],
    [{ types: ['a.Re*'] }, ['a.Asked']],
    [{}, []],
  ])('is an error with an event that nobody takes: bound by %j, lost %j', (binding, lost) => {
    const stack = stackOf();
    const exchange = new Exchange(stack, stack, { name: 'notices' });
    exchange.tells('a.Asked');
    queueOf(stack).onTopic(exchange, binding);
    exchange.tells('a.Refunded');
    expect(exchange.node.validate()).toEqual(
      lost.map((type) => `no queue takes ${type}, so it would be lost`),
    );
  });
});

describe('a queue on a topic', () => {
  it('gets events as they were told, chosen by their type, and the topic alone may send to it', () => {
    const stack = stackOf();
    const exchange = new Exchange(stack, stack, { name: 'bookings', fifo: true });
    queueOf(stack, { fifo: true }).onTopic(exchange, { types: ['a.Asked', 'a.Waitlist*'] });
    exchange.tells('a.Asked', 'a.WaitlistMoved', 'a.Paid');
    queueOf(stack, {}, 'relay-outbox').onTopic(exchange, { types: ['a.Paid'] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'sqs',
      RawMessageDelivery: true,
      FilterPolicy: { type: ['a.Asked', { prefix: 'a.Waitlist' }] },
      RedrivePolicy: { deadLetterTargetArn: Match.anyValue() },
    });
    for (const { Properties } of Object.values(template.findResources('AWS::SNS::Subscription')))
      expect(textOf(Properties.RedrivePolicy.deadLetterTargetArn)).toMatch(/DeadLetters/);
    const policies = policiesIn(template);
    expect(policies).toHaveLength(4); // of each queue and of its dead letters
    for (const { PolicyDocument } of policies) {
      expect(PolicyDocument.Statement).toMatchObject([
        { Action: 'sqs:SendMessage', Principal: { Service: 'sns.amazonaws.com' } },
      ]);
      expect(textOf(PolicyDocument.Statement[0].Condition.ArnEquals['aws:SourceArn'])).toMatch(/Bookings/);
    }
    expect(stack.manifest.entry.queues).toMatchObject([
      { hears: ['a.Asked', 'a.WaitlistMoved'] },
      { hears: ['a.Paid'] },
    ]);
    expect(stack.manifest.entry.events.in).toEqual(['a.Asked', 'a.WaitlistMoved', 'a.Paid']);
  });

  it('gets everything where it names no types, in whatever order they are told and bound', () => {
    const stack = stackOf();
    const exchange = new Exchange(stack, stack, { name: 'bookings', fifo: true });
    exchange.tells('a.Asked');
    queueOf(stack).onTopic(exchange);
    exchange.tells('a.Paid', 'a.Asked');
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', {
      FilterPolicy: Match.absent(),
    });
    expect(stack.manifest.entry.queues).toMatchObject([{ hears: ['a.Asked', 'a.Paid'] }]);
  });

  it('that is FIFO takes a FIFO topic, and neither another nor a rule: they know no group', () => {
    const stack = stackOf();
    const queue = queueOf(stack, { fifo: true });
    const plain = new Exchange(stack, stack, { name: 'notices' });
    expect(() => queue.onTopic(plain)).toThrow('platform-collect-spans.fifo is FIFO');
    expect(() => queue.onEvents('one', ['one.a'])).toThrow('rules cannot feed it');
    expect(() => queue.everyMinute({ sweep: 'all' })).toThrow(TypeError);
  });
});

it('a FIFO queue has FIFO dead letters, a speed for each group, and alarms and an entry under its name', () => {
  const stack = stackOf();
  queueOf(stack, { fifo: true });
  const template = Template.fromStack(stack);
  for (const QueueName of ['platform-collect-spans.fifo', 'platform-collect-spans-dead.fifo']) {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName,
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      SqsManagedSseEnabled: true,
    });
  }
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    MaximumBatchingWindowInSeconds: Match.absent(),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  const { queues, alarms } = stack.manifest.entry;
  expect(queues).toEqual([
    {
      name: 'platform-collect-spans.fifo',
      deadLetters: 'platform-collect-spans-dead.fifo',
      consumer: 'platform-collect-spans',
    },
  ]);
  expect(alarms).toEqual([
    'platform-collect-spans-dead.fifo-not-empty',
    'platform-collect-spans.fifo-behind',
  ]);
});

describe('an outbox', () => {
  const outboxOf = (stack: SystemStack, topics?: readonly { topic: Exchange; types: readonly string[] }[]) =>
    new Outbox(stack, stack, {
      table: new HouseTable(stack, 'Ledger', stack, { indexes: EFFECT_INDEXES, stream: true }),
      parking: new Parking(stack, stack),
      events: ['a.Told'],
      ...(topics ? { topics } : {}),
    });
  const variablesOf = (template: Template, name: string) =>
    Object.values(
      template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: name } }),
    ).map(({ Properties }) => Properties.Environment.Variables as { readonly [name: string]: unknown })[0];
  const OUTBOX = ['platform-relay-outbox', 'platform-sweep-outbox'];

  it('tells its two functions the topic of each type, and lets them publish there and nowhere else', () => {
    const stack = stackOf();
    const bookings = new Exchange(stack, stack, { name: 'bookings', fifo: true });
    queueOf(stack).onTopic(bookings);
    outboxOf(stack, [{ topic: bookings, types: ['a.Asked', 'a.Told'] }]);
    const template = Template.fromStack(stack);
    for (const name of OUTBOX) {
      const topics = JSON.parse(textOf(variablesOf(template, name)?.TOPICS));
      expect(topics).toEqual({
        'a.Asked': expect.stringMatching(/Bookings/),
        'a.Told': expect.stringMatching(/Bookings/),
      });
    }
    const publishing = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
      (Properties.PolicyDocument.Statement as { Action: unknown; Resource: unknown }[]).filter(
        ({ Action }) => textOf(Action) === 'sns:Publish',
      ),
    );
    expect(publishing).toHaveLength(2);
    for (const { Resource } of publishing) expect(textOf(Resource)).toMatch(/^\{BookingsExchangeTopic\w+\}$/);
    expect(stack.manifest.entry.events.out).toEqual(['a.Told', 'a.Asked']);
    expect(stack.manifest.entry.queues).toMatchObject([
      { name: 'platform-collect-spans', hears: ['a.Asked', 'a.Told'] },
      ...[{}, {}, {}],
    ]);
  });

  it('without topics has neither the variable nor the right', () => {
    const stack = stackOf();
    outboxOf(stack);
    const template = Template.fromStack(stack);
    for (const name of OUTBOX) expect(variablesOf(template, name)).not.toHaveProperty('TOPICS');
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('sns:');
  });
});
