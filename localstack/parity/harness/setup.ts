/** Once for a run, before any file: what every small Lambda needs. It stays, because AWS takes minutes to know it. */

import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, GetRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { TestProject } from 'vitest/node';
import type { Common } from './cloud.ts';
import { PK_AND_SK } from './dynamodb.ts';
import { unless } from './errors.ts';
import { trust } from './iam.ts';
import { clientConfig, type Place, placeOf } from './target.ts';

const NAME = 'dabbawala-parity';

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        ...[
          'dynamodb:*',
          'events:PutEvents',
          'execute-api:*',
          'kinesis:*',
          'lambda:InvokeFunction',
          'logs:*',
        ],
        ...['sns:Publish', 'sqs:*', 'states:*', 'xray:Put*'],
        // Step Functions watches a nested execution through a rule of its own.
        ...['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      ],
      Resource: '*',
    },
  ],
});

export const setup = async (project: TestProject): Promise<void> => {
  project.provide('common', await setUp(placeOf()));
};

/** Makes them, or finds them made. */
export const setUp = async (place: Place): Promise<Common> => {
  const config = clientConfig(place);
  const iam = new IAMClient(config);
  await unless('EntityAlreadyExistsException', () =>
    iam.send(
      new CreateRoleCommand({
        RoleName: NAME,
        AssumeRolePolicyDocument: trust('lambda', 'states', 'scheduler', 'events', 'apigateway'),
      }),
    ),
  );
  await iam.send(new PutRolePolicyCommand({ RoleName: NAME, PolicyName: NAME, PolicyDocument: POLICY }));
  const role = (await iam.send(new GetRoleCommand({ RoleName: NAME }))).Role?.Arn ?? '';

  const dynamo = new DynamoDBClient(config);
  await unless('ResourceInUseException', () =>
    dynamo.send(
      new CreateTableCommand({
        TableName: NAME,
        ...PK_AND_SK,
      }),
    ),
  );
  await waitUntilTableExists({ client: dynamo, maxWaitTime: 60, minDelay: 1 }, { TableName: NAME });
  iam.destroy();
  dynamo.destroy();
  return { role, journal: NAME, account: role.split(':')[4] ?? '' };
};
