import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { behaviour, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { makeTable, type Table } from './harness/dynamodb.ts';
import { makeRole, type Statement } from './harness/iam.ts';
import { invoke, makeWorker } from './harness/lambda.ts';
import { IAM } from './harness/pages.ts';
import { makeQueue } from './harness/sqs.ts';
import { clientConfig, packing } from './harness/target.ts';
import { workerZip } from './harness/worker.ts';

const GRANTS = 'stacks — a Lambda may do what its stack grants, and nothing else';
const REFUSED = 'AccessDeniedException';

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

type Caller = <C extends object>(
  kind: new (config: ReturnType<typeof clientConfig> & { credentials: Keys }) => C,
) => C;

/** Makes clients that are what a Lambda is under a role with these grants: it tells its keys, which end with it. */
const callerWith = async (cloud: Cloud, statements: readonly Statement[]): Promise<Caller> => {
  const role = await makeRole(cloud, 'lambda', statements);
  const worker = await makeWorker(cloud, {
    role,
    does: () => ({
      accessKeyId: process.env.AWS_ACCESS_KEY_ID,
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
      sessionToken: process.env.AWS_SESSION_TOKEN,
    }),
  });
  const { body } = await invoke(cloud, worker);
  return (kind) => new kind({ ...clientConfig(cloud.place), credentials: body as Keys });
};

const arnOf = ({ place, account }: Cloud, service: string, rest: string): string =>
  `arn:aws:${service}:${place.region}:${account}:${rest}`;

const tableArn = (cloud: Cloud, { name }: Table): string => arnOf(cloud, 'dynamodb', `table/${name}`);

const get = (as: Caller, { name: TableName }: Table, pk = 'a') =>
  errorOf(as(DynamoDBClient).send(new GetItemCommand({ TableName, Key: { pk: { S: pk } } })));

const put = (as: Caller, { name: TableName }: Table, pk = 'a') =>
  errorOf(as(DynamoDBClient).send(new PutItemCommand({ TableName, Item: { pk: { S: pk } } })));

behaviour(
  'What no policy of its role allows is refused to a Lambda: tables, queues, events, machines, secrets, parameters',
  { page: IAM.deny, reliedOn: GRANTS },
  async (cloud) => {
    const table = await makeTable(cloud);
    const queue = await makeQueue(cloud);
    const as = await callerWith(cloud, []);
    const machine = arnOf(cloud, 'states', `stateMachine:${cloud.name('machine')}`);
    const entry = { Source: 'parity', DetailType: 'x', Detail: '{}' };
    const seen = {
      dynamodb: await put(as, table),
      sqs: await errorOf(
        as(SQSClient).send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'x' })),
      ),
      events: await errorOf(as(EventBridgeClient).send(new PutEventsCommand({ Entries: [entry] }))),
      states: await errorOf(as(SFNClient).send(new StartExecutionCommand({ stateMachineArn: machine }))),
      secrets: await errorOf(
        as(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId: cloud.name('secret') })),
      ),
      ssm: await errorOf(
        as(SSMClient).send(new GetParameterCommand({ Name: `/${cloud.name('parameter')}` })),
      ),
    };
    // SQS names it as its older protocol did.
    expectSeen(
      'answered',
      { ...seen, sqs: seen.sqs.replace(/^AccessDenied$/, REFUSED) },
      {
        dynamodb: REFUSED,
        sqs: REFUSED,
        events: REFUSED,
        states: REFUSED,
        secrets: REFUSED,
        ssm: REFUSED,
      },
    );
  },
);

behaviour(
  'What no policy of its role allows is refused to a Lambda: topics and other Lambdas',
  { page: IAM.deny },
  async (cloud) => {
    const as = await callerWith(cloud, []);
    const other = await makeWorker(cloud, { as: 'other', does: () => 'called' });
    const topic = arnOf(cloud, 'sns', cloud.name('topic'));
    const seen = {
      sns: await errorOf(as(SNSClient).send(new PublishCommand({ TopicArn: topic, Message: 'x' }))),
      lambda: await errorOf(as(LambdaClient).send(new InvokeCommand({ FunctionName: other.name }))),
    };
    expectSeen('answered', seen, {
      sns: expect.stringMatching(/^(AuthorizationError|AccessDenied)/),
      lambda: REFUSED,
    });
  },
);

behaviour(
  'A grant is for its actions and its resource: another action and another table are refused',
  { page: IAM.deny, reliedOn: GRANTS },
  async (cloud) => {
    const table = await makeTable(cloud);
    const other: Table = { name: cloud.journal, stream: '' };
    const as = await callerWith(cloud, [{ Action: 'dynamodb:GetItem', Resource: tableArn(cloud, table) }]);
    expectSeen('granted', await get(as, table), 'no error');
    expectSeen('another action', await put(as, table), REFUSED);
    expectSeen('another table', await get(as, other), REFUSED);
  },
);

behaviour(
  'A grant for a table is none for its indexes',
  { page: IAM.indexes, reliedOn: 'stacks — queriedBy grants an index by its own name' },
  async (cloud) => {
    const table = await makeTable(cloud, { index: true });
    const query = (as: Caller) =>
      errorOf(
        as(DynamoDBClient).send(
          new QueryCommand({
            TableName: table.name,
            IndexName: 'byKind',
            KeyConditionExpression: 'kind = :kind',
            ExpressionAttributeValues: { ':kind': { S: 'x' } },
          }),
        ),
      );
    const arn = tableArn(cloud, table);
    const ofTable = await callerWith(cloud, [{ Action: 'dynamodb:Query', Resource: arn }]);
    expectSeen('with the table granted', await query(ofTable), REFUSED);
  },
);

behaviour(
  'A grant for an index opens the index',
  { page: IAM.indexes, reliedOn: 'stacks — queriedBy grants an index by its own name' },
  async (cloud) => {
    const table = await makeTable(cloud, { index: true });
    const arn = `${tableArn(cloud, table)}/index/byKind`;
    const as = await callerWith(cloud, [{ Action: 'dynamodb:Query', Resource: arn }]);
    const ask = new QueryCommand({
      TableName: table.name,
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'x' } },
    });
    expectSeen('answered', await errorOf(as(DynamoDBClient).send(ask)), 'no error');
  },
);

behaviour('A Deny wins over an Allow', { page: IAM.deny }, async (cloud) => {
  const table = await makeTable(cloud);
  const as = await callerWith(cloud, [
    { Action: 'dynamodb:*', Resource: '*' },
    { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: tableArn(cloud, table) },
  ]);
  expectSeen('allowed', await get(as, table), 'no error');
  expectSeen('denied', await put(as, table), REFUSED);
});

behaviour(
  'A grant may be for items whose partition key has a value',
  { page: IAM.leadingKeys },
  async (cloud) => {
    const table = await makeTable(cloud);
    const as = await callerWith(cloud, [
      {
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Resource: tableArn(cloud, table),
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['mine-*'] } },
      },
    ]);
    expectSeen('mine', await put(as, table, 'mine-1'), 'no error');
    expectSeen(
      'not mine',
      [await put(as, table, 'yours-1'), await get(as, table, 'yours-1')],
      [REFUSED, REFUSED],
    );
  },
);

behaviour(
  "A role that does not trust Lambda can be no function's role",
  { page: IAM.executionRole },
  async (cloud) => {
    const Role = await makeRole(cloud, 'states', []);
    const { runtime, files } = packing(cloud.place);
    const lambda = cloud.client(LambdaClient);
    const FunctionName = cloud.name('function');
    const made = lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: runtime,
        Handler: 'index.handler',
        Role,
        Code: { ZipFile: workerZip(() => 'x', files) },
      }),
    );
    const answered = await errorOf(made);
    if (answered === 'no error') cloud.later(() => lambda.send(new DeleteFunctionCommand({ FunctionName })));
    expectSeen('answered', answered, 'InvalidParameterValueException');
  },
);
