import { describe, expect, it } from 'vitest';
import { ACCESS_LOG } from './constructs/rest-api.ts';
import { FAULTS_TABLE } from './constructs/system-stack.ts';
import { synthesized, textOf } from './template.ts';

const { of, city } = synthesized('local');

describe('the access log of an API', () => {
  it('is kept a month, by the role that the platform gives the account first', () => {
    const stages = of('AWS::ApiGateway::Stage');
    expect(stages.length).toBeGreaterThan(2);
    for (const { stack, properties } of stages) {
      expect(properties.AccessLogSetting, stack).toMatchObject({ Format: ACCESS_LOG });
      expect(
        of('AWS::Logs::LogGroup').find(
          (group) => group.properties.LogGroupName === `/aws/apigateway/${stack}`,
        ),
      ).toMatchObject({ properties: { RetentionInDays: 30 } });
    }
    expect(of('AWS::ApiGateway::Account').map(({ stack }) => stack)).toEqual(['platform']);
  });

  it('says nothing that could name a person', () => {
    expect(Object.keys(JSON.parse(ACCESS_LOG))).toContain('requestId');
    expect(ACCESS_LOG).not.toMatch(/sourceIp|userAgent|\$context\.path|identity|queryString|claims/);
  });
});

it('every subscription asks for the word by an expression, which AWS looks for also within JSON', () => {
  const subscriptions = of('AWS::Logs::SubscriptionFilter');
  expect(subscriptions.length).toBeGreaterThan(30);
  for (const { id, properties } of subscriptions) expect(properties.FilterPattern, id).toBe('%traceId%');
});

it('nobody takes a letter out of a parking queue but who lets go on what was parked', () => {
  const takers = of('AWS::IAM::Policy').flatMap(({ stack, properties }) => {
    const { Statement } = properties.PolicyDocument as {
      Statement: { Action: unknown; Resource: unknown }[];
    };
    const taking = Statement.filter(
      ({ Action, Resource }) =>
        /sqs:(Receive|Delete)Message/.test(textOf(Action)) && /parking/i.test(textOf(Resource)),
    );
    return taking.map(({ Action, Resource }) => [
      stack,
      textOf(properties.Roles),
      textOf(Action),
      textOf(Resource),
    ]);
  });
  const may = 'sqs:ReceiveMessage,sqs:DeleteMessage,sqs:ChangeMessageVisibility';
  const [ofConsole = [], others] = [true, false].map((is) =>
    takers.filter(([stack]) => (stack === 'console') === is),
  );
  expect(others).toEqual(
    ['ResumePaymentRole', 'ResumeTopUpRole', 'ResumeRefundRole', 'SweepRole'].map((role) => [
      'paytm-saga',
      expect.stringMatching(new RegExp(`^\\{${role}\\w+\\}$`)),
      may,
      expect.stringMatching(/^\{ParkingQueue\w+\.Arn\}$/),
    ]),
  );
  // The doors of the console that only look give back what they read.
  const deleting = ofConsole.filter(([, , actions]) => actions?.includes('sqs:DeleteMessage'));
  expect(deleting.map(([, role]) => role?.replace(/^\{(\w+?)Role\w+\}$/, '$1'))).toEqual([
    ...['RedriveDeadLetters', 'RedriveDeadQueue', 'StopDeadQueue', 'DiscardDeadLetters'],
  ]);
});

it('the console asks whether a consumer has a record of its work, and reads nothing else of a table of others', () => {
  type Statement = { Action: unknown; Resource: unknown; Condition?: unknown };
  const reading = of('AWS::IAM::Policy')
    .filter(({ stack }) => stack === 'console')
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .filter(
      ({ Action, Resource }) =>
        /dynamodb/.test(textOf(Action)) &&
        !textOf(Resource).endsWith(`:table/${FAULTS_TABLE}`) &&
        !/Describe/.test(textOf(Action)) &&
        // Its own table of events.
        !/^\{Events\w+\.Arn\}$/.test(textOf(Resource)),
    );
  expect(reading).toHaveLength(3);
  for (const { Action, Condition } of reading) {
    expect(Action).toBe('dynamodb:GetItem');
    expect(Condition).toEqual({
      'ForAllValues:StringLike': {
        'dynamodb:LeadingKeys': [
          'hear-bank',
          'deliver-notice',
          'call-back',
          'follow-orders',
          'follow-bookings',
        ].map((consumer) => `EFFECT#${consumer} *`),
      },
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'expiresAt'] },
      StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    });
  }
});

it('the console is told how large the tables of the city are, each by its name and no other', () => {
  type Statement = { Action: unknown; Resource: unknown };
  const describing = of('AWS::IAM::Policy').flatMap(({ stack, properties }) =>
    (properties.PolicyDocument as { Statement: Statement[] }).Statement.filter(({ Action }) =>
      /dynamodb:DescribeTable/.test(textOf(Action)),
    ).map(({ Resource }) => ({
      stack,
      names: textOf(Resource)
        .split(',')
        .map((arn) => arn.split(':table/')[1] ?? arn),
    })),
  );
  const names = of('AWS::DynamoDB::Table').map(({ stack, id, properties }) =>
    properties.TableName === undefined ? `${stack}-${id}-*` : textOf(properties.TableName),
  );
  expect(describing.map(({ stack }) => stack)).toEqual(['console']);
  expect(describing[0]?.names.toSorted()).toEqual(names.toSorted());
  expect(names.length).toBeGreaterThan(4);
});

it('one door alone redrives executions, of the machines that the city has', () => {
  type Statement = { Action: unknown; Resource: unknown };
  const redriving = of('AWS::IAM::Policy').flatMap(({ stack, properties }) =>
    (properties.PolicyDocument as { Statement: Statement[] }).Statement.filter(({ Action }) =>
      /RedriveExecution|states:\*/.test(textOf(Action)),
    ).map(({ Action, Resource }) => [stack, textOf(properties.Roles), textOf(Action), textOf(Resource)]),
  );
  const machines = Object.values(city.manifest.systems).flatMap((system) => system.machines);
  expect(redriving).toEqual([
    [
      ...['console', expect.stringMatching(/^\{RedriveRunRole\w+\}$/), 'states:RedriveExecution'],
      machines.map((machine) => expect.stringMatching(new RegExp(`:execution:${machine}:\\*$`)))[0],
    ],
  ]);
  expect(machines).toHaveLength(1);
});

describe('an alarm', () => {
  const alarms = of('AWS::CloudWatch::Alarm');

  it('says what is wrong and what to do, and is in the manifest', () => {
    const known = Object.values(city.manifest.systems).flatMap(({ alarms: names }) => names);
    expect(alarms.map(({ properties }) => properties.AlarmName).sort()).toEqual([...known].sort());
    for (const { id, properties } of alarms)
      expect(properties.AlarmDescription, id).toMatch(/.{20,}: .{20,}/);
  });

  it('watches every API, machine, queue and relay', () => {
    const names = new Set(alarms.map(({ properties }) => properties.AlarmName));
    const systems = Object.entries(city.manifest.systems);
    const wanted = systems.flatMap(([system, { doors, machines, queues }]) => [
      ...(doors.length > 0 ? [`${system}-api-failing`] : []),
      ...machines.map((name) => `${name}-slow`),
      ...queues.map(({ name, consumer }) => `${name}-${consumer ? 'behind' : 'not-empty'}`),
    ]);
    expect(wanted.length).toBeGreaterThan(8);
    for (const name of wanted) expect(names).toContain(name);
  });

  it('rings when a person is needed, not for an execution that failed: the sweeper starts the next one', () => {
    const watched = alarms.map(({ properties }) => properties.MetricName);
    expect(watched).toContain('ApproximateNumberOfMessagesVisible');
    expect(watched.filter((metric) => /^Executions(Failed|TimedOut|Aborted)$/.test(String(metric)))).toEqual(
      [],
    );
  });
});

it('the console starts and stops tasks of SQS on queues of dead letters alone, and never where letters are parked', () => {
  type Statement = { Action: unknown; Resource: unknown };
  const acting = of('AWS::IAM::Policy')
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .filter(({ Action }) => /(Start|Cancel)MessageMoveTask/.test(textOf(Action)));
  expect(acting.map(({ Action }) => textOf(Action))).toEqual([
    'sqs:StartMessageMoveTask',
    'sqs:CancelMessageMoveTask',
  ]);
  for (const { Resource } of acting) expect(textOf(Resource)).not.toMatch(/parking|:\*(,|$)/);
});
