import { describe, expect, it } from 'vitest';
import { onlyDataOutliveTheirStack, subscriptionsAfterPermissions } from './findings.ts';
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
    ];
    expect(onlyDataOutliveTheirStack(planted).broken).toHaveLength(planted.length);
  });
});
