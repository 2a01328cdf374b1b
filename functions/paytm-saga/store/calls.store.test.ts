import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sqsClient } from '../../../shared/aws/index.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import { ParkedMessage } from '../../../shared/messaging/queue.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { newPayment } from '../city.fixture.ts';
import { PaymentId } from '../contract.ts';
import { executionsPort } from './executions.ts';
import { parkedPort, parkingPort } from './parking.ts';

const payment = () => newPayment({ id: PaymentId.parse(newId('payment', uuidV7)) });
const made: (() => Promise<unknown>)[] = [];

/** A stack with a machine that waits for `seconds` and is done, and the role that every machine must have. */
const machineThatWaits = async (seconds: number): Promise<void> => {
  const states = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } } };
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'states.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] } },
      },
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          DefinitionString: JSON.stringify(states),
        },
      },
    },
    Outputs: { Machine: { Value: { Ref: 'Machine' } } },
  };
  const client = new CloudFormationClient();
  const StackName = `paytm-saga-${crypto.randomUUID()}`;
  const TemplateBody = JSON.stringify(template);
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
  made.push(() => client.send(new DeleteStackCommand({ StackName })));
  const arn = await waitFor(
    async () => {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      return Stacks?.[0]?.Outputs?.[0]?.OutputValue;
    },
    { what: 'the machine' },
  );
  vi.stubEnv('MACHINE_ARN', arn);
};

beforeAll(() => {
  vi.stubEnv('AWS_ENDPOINT_URL', process.env.DABBA_STORE_ENDPOINT ?? '');
  vi.stubEnv('AWS_REGION', 'ap-south-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(() => Promise.all(made.map((remove) => remove())));

it('an execution is absent, then running, and starting it again is the same', async () => {
  await machineThatWaits(600);
  const executions = executionsPort();
  const { id, ...rest } = payment();
  expect(await executions.state(id, 1)).toBe('absent');
  for (const _ of [1, 2]) await executions.start({ ...rest, id });
  expect(await executions.state(id, 1)).toBe('running');
  expect(await executions.state(id, 2)).toBe('absent');
});

it('an execution that has ended has ended, and starting it again does not run it again', async () => {
  await machineThatWaits(0);
  const executions = executionsPort();
  const { id, ...rest } = payment();
  await executions.start({ ...rest, id });
  await waitFor(async () => (await executions.state(id, 1)) === 'ended', { what: 'the execution to end' });
  await executions.start({ ...rest, id });
  expect(await executions.state(id, 1)).toBe('ended');
});

it('a machine that is not there is an error that says so, not an absent execution', async () => {
  vi.stubEnv('MACHINE_ARN', 'arn:aws:states:ap-south-1:000000000000:stateMachine:none');
  await expect(executionsPort().start(payment())).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
});

it('what is parked names the payment, the error and the trace', async () => {
  const { QueueUrl } = await sqsClient().send(
    new CreateQueueCommand({ QueueName: `paytm-saga-${crypto.randomUUID()}` }),
  );
  made.push(() => sqsClient().send(new DeleteQueueCommand({ QueueUrl })));
  vi.stubEnv('PARKING_QUEUE', QueueUrl ?? '');
  const { id, correlationId, traceparent } = payment();
  const letter = { subject: { payment: id }, error: 'TransientError', cause: 'the bank does not answer' };
  await parkingPort().park({ ...letter, correlationId, traceparent });
  const found = await waitFor(
    async () =>
      (await sqsClient().send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))).Messages?.[0],
    { what: 'the letter' },
  );
  expect(ParkedMessage.parse(JSON.parse(found.Body ?? ''))).toMatchObject({
    error: 'TransientError',
    message: 'the bank does not answer',
    consumer: 'paytm-saga-payment',
    body: JSON.stringify({ payment: id }),
    correlationId,
    traceparent,
  });

  // It is taken out by who has seen to it, and nothing that was parked since is.
  const { parkedAt } = ParkedMessage.parse(JSON.parse(found.Body ?? ''));
  const other = payment().id;
  const later = new Date(Date.parse(parkedAt) + 1).toISOString();
  expect(await parkedPort().settle({ payment: id }, parkedAt)).toBe(0);
  expect(await parkedPort().settle({ payment: other }, later)).toBe(0);
  expect(await parkedPort().settle({ payment: id }, later)).toBe(1);
});
