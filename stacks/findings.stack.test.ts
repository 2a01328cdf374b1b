import { describe, expect, it } from 'vitest';
import {
  grantedOnlyWhatIsSent,
  grantsOf,
  localSwitches,
  onlyDataOutliveTheirStack,
  readersWriteNothing,
  subscriptionsAfterPermissions,
  variablesOfTopics,
} from './findings.ts';
import type { Resource } from './template.ts';

const resource = (type: string, id: string, rest: Partial<Resource> = {}): Resource => ({
  stack: 'planted',
  id,
  type,
  properties: {},
  dependsOn: [],
  ...rest,
});

const collector = resource('AWS::Lambda::Function', 'Collector', { properties: { FunctionName: 'collect' } });
const permission = resource('AWS::Lambda::Permission', 'FromLogs', {
  properties: { Principal: 'logs.amazonaws.com', FunctionName: { 'Fn::GetAtt': ['Collector', 'Arn'] } },
});
const subscription = (rest: Partial<Resource> = {}) =>
  resource('AWS::Logs::SubscriptionFilter', 'Spans', {
    properties: { DestinationArn: { 'Fn::GetAtt': ['Collector', 'Arn'] } },
    ...rest,
  });

describe('a subscription to a log', () => {
  it('is found when nothing lets the log call, or when that may come later', () => {
    const late = [collector, permission, subscription()];
    expect(subscriptionsAfterPermissions(late).broken).toEqual(['planted/Spans']);
    expect(subscriptionsAfterPermissions([collector, subscription()]).broken).toEqual(['planted/Spans']);
    const after = [collector, permission, subscription({ dependsOn: ['FromLogs'] })];
    expect(subscriptionsAfterPermissions(after)).toEqual({ looked: 1, broken: [] });
  });
});

describe('what outlives its stack', () => {
  it('is found when data are lost, when a failed first try leaves them, and when it is none', () => {
    const planted = [
      resource('AWS::DynamoDB::Table', 'Lost', { deletionPolicy: 'Delete' }),
      resource('AWS::SQS::Queue', 'Unsaid'),
      resource('AWS::SecretsManager::Secret', 'InTheWay', { deletionPolicy: 'Retain' }),
      resource('AWS::Logs::LogGroup', 'Left', { deletionPolicy: 'RetainExceptOnCreate' }),
      resource('AWS::S3::Bucket', 'Stuck', { deletionPolicy: 'Delete' }),
      resource('AWS::S3::Bucket', 'Named', { deletionPolicy: 'Retain', properties: { BucketName: 'page' } }),
    ];
    expect(onlyDataOutliveTheirStack(planted).broken).toHaveLength(planted.length);
  });
});

describe('what a role may do', () => {
  const planted = grantsOf([
    resource('AWS::Lambda::Function', 'Reader', {
      properties: { FunctionName: 'get-it', Role: { 'Fn::GetAtt': ['ReaderRole', 'Arn'] } },
    }),
    resource('AWS::IAM::Policy', 'ReaderPolicy', {
      properties: {
        Roles: [{ Ref: 'ReaderRole' }],
        PolicyDocument: {
          Statement: [
            { Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
            { Action: 'events:PutEvents' },
            { Action: 'logs:PutLogEvents' },
          ],
        },
      },
    }),
  ]);

  it('is found when a door that reads could write', () => {
    expect(readersWriteNothing(planted, new Set(['get-it']))).toEqual({
      looked: 1,
      broken: ['planted/Reader'],
    });
    expect(readersWriteNothing(planted, new Set(['put-it'])).looked).toBe(0);
  });

  it('may count who asks a door that reads', () => {
    const counting = (table: string) =>
      grantsOf([
        resource('AWS::Lambda::Function', 'Reader', {
          properties: { FunctionName: 'get-it', Role: { 'Fn::GetAtt': ['ReaderRole', 'Arn'] } },
        }),
        resource('AWS::IAM::Policy', 'ReaderPolicy', {
          properties: {
            Roles: [{ Ref: 'ReaderRole' }],
            PolicyDocument: {
              Statement: [{ Action: 'dynamodb:PutItem', Resource: { 'Fn::GetAtt': [table, 'Arn'] } }],
            },
          },
        }),
      ]);
    const broken = (table: string) => readersWriteNothing(counting(table), new Set(['get-it'])).broken;
    expect(broken('Allowances0A1B2C3D')).toEqual([]);
    expect(broken('Orders0A1B2C3D')).toEqual(['planted/Reader']);
  });

  it('is found when nothing in the bundle could ask for it', () => {
    const commandsOf = () => ['lib-dynamodb/Get', 'lib-dynamodb/TransactWrite'];
    expect(grantedOnlyWhatIsSent(planted, commandsOf).broken).toEqual(['planted/Reader events:PutEvents']);
    expect(grantedOnlyWhatIsSent(planted, () => []).broken).toHaveLength(3);
  });

  it('is found when it could take messages of a queue that neither Lambda nor its code reads', () => {
    const reader = (isFed: boolean) => [
      {
        ...{ fn: 'planted/Door', functionName: 'door', isFed },
        ...{ actions: ['sqs:ReceiveMessage'], beyondCounting: [] },
      },
    ];
    const none = () => [];
    expect(grantedOnlyWhatIsSent(reader(false), none).broken).toEqual(['planted/Door sqs:ReceiveMessage']);
    expect(grantedOnlyWhatIsSent(reader(true), none).broken).toEqual([]);
    expect(grantedOnlyWhatIsSent(reader(false), () => ['client-sqs/ReceiveMessage']).broken).toEqual([]);
  });
});

it('what is for the local city alone is found by the name of a resource and of a variable; a default is none', () => {
  const planted = [
    resource('AWS::DynamoDB::Table', 'FaultsTable'),
    resource('AWS::Lambda::Function', 'Door', {
      properties: { Environment: { Variables: { FAULT: 'x', LOOPBACK_CALLBACKS: 'allowed' } } },
    }),
    resource('AWS::Lambda::Function', 'Again', { properties: { FunctionName: 'paytm-saga-rerun-payment' } }),
    resource('AWS::IAM::Policy', 'DoorRoleDefaultPolicy'),
  ];
  expect(localSwitches(planted).broken).toEqual([
    ...['FaultsTable', 'FAULT', 'LOOPBACK_CALLBACKS', 'paytm-saga-rerun-payment'],
  ]);
});

it('topics are named to whoever may tell them, and to nobody else', () => {
  const granted = [
    { functionName: 'a-relay-outbox', actions: ['events:PutEvents', 'sns:Publish'] },
    { functionName: 'b-relay-outbox', actions: ['events:PutEvents'] },
  ];
  const variables = variablesOfTopics(granted);
  expect(['a-relay-outbox', 'b-relay-outbox', 'c'].map(variables)).toEqual([['TOPICS'], [], []]);
});
