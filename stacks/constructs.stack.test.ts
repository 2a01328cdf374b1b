import { Match, Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { expect, it } from 'vitest';
import { HouseFunction } from './constructs/house-function.ts';
import { FAULTS_TABLE, SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';
import { PlatformStack } from './platform-stack.ts';

const stackOf = (): SystemStack =>
  new SystemStack(new App({ context: { target: 'local' } }), { system: 'platform' });

it('a work queue takes events of several calls: one rule for a source, whatever the number of types', () => {
  const stack = stackOf();
  const consumer = new HouseFunction(stack, stack, { file: 'collect-spans' });
  new WorkQueue(stack, stack, { consumer })
    .onEvents('one', ['one.a'])
    .onEvents('one', ['one.b', 'one.c'])
    .onEvents('two', ['two.a']);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Events::Rule', 2);
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['one'], 'detail-type': ['one.a', 'one.b', 'one.c'] },
    Targets: [Match.objectLike({ InputPath: '$.detail' })],
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['two'], 'detail-type': ['two.a'] },
  });
  expect(stack.manifest.entry.events.in).toEqual(['one.a', 'one.b', 'one.c', 'two.a']);
  expect(stack.manifest.entry.queues).toMatchObject([
    { name: 'platform-collect-spans', hears: ['one.a', 'one.b', 'one.c', 'two.a'] },
  ]);
});

it('a work queue tells its consumer after how many receives a message is a dead letter', () => {
  const stack = stackOf();
  const consumer = new HouseFunction(stack, stack, { file: 'collect-spans' });
  new WorkQueue(stack, stack, { consumer, maxReceives: 7 });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SQS::Queue', {
    RedrivePolicy: Match.objectLike({ maxReceiveCount: 7 }),
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ MAX_RECEIVES: '7' }) },
  });
});

it.each([
  [{ hour: 0, minute: 15 }, 'cron(45 18 * * ? *)'],
  [{ hour: 5, minute: 30 }, 'cron(0 0 * * ? *)'],
  [{ hour: 23, minute: 59 }, 'cron(29 18 * * ? *)'],
])('a work queue is told once a day, at %o in Asia/Kolkata', (at, ScheduleExpression) => {
  const stack = stackOf();
  const consumer = new HouseFunction(stack, stack, { file: 'collect-spans' });
  new WorkQueue(stack, stack, { consumer }).everyDay({ closing: 'due' }, at);
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression,
    Targets: [Match.objectLike({ Input: '{"closing":"due"}' })],
  });
});

it('a function is of its system, whatever its environment says', () => {
  const stack = stackOf();
  new HouseFunction(stack, stack, { file: 'collect-spans', environment: { SYSTEM: 'other', MINE: 'yes' } });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { SYSTEM: 'platform', MINE: 'yes' } },
  });
});

it('faults can be armed in a local city, unless it is told not to', () => {
  const functionsOf = (context: object) => {
    const stack = new PlatformStack(new App({ context: { target: 'local', ...context } }));
    const found = Template.fromStack(stack).findResources('AWS::Lambda::Function');
    return Object.values(found).map(
      ({ Properties }) => (Properties as { Environment: { Variables: object } }).Environment.Variables,
    );
  };
  for (const variables of functionsOf({})) expect(variables).toMatchObject({ FAULTS_TABLE });
  const without = functionsOf({ faults: 'false' });
  expect(without.length).toBeLessThan(functionsOf({}).length);
  for (const variables of without) expect(variables).not.toHaveProperty('FAULTS_TABLE');
});

it.each([
  [{ target: 'aws', faults: 'true' }, /refuses/],
  [{ target: 'local', faults: 'perhaps' }, /expected "true" or "false"/],
])('faults that are asked for by %o are an error', (context, said) => {
  expect(() => new SystemStack(new App({ context }), { system: 'platform' })).toThrow(said);
});
