import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../../shared/testing/index.ts';
import type { Person } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { executionsOf } from '../executions.ts';
import { faultsIn } from '../faults.ts';
import { unlessStock } from '../stock.ts';
import { credentialsOf } from '../workers.ts';

const { aws, cast, city } = openCity();
const TableName = city.systems['paytm-saga']?.outputs.PaymentsName ?? '';
const Key = { pk: { S: 'nobody' }, sk: { S: 'nobody' } };
const refused = { name: expect.stringMatching(/^AccessDenied(Exception)?$/) };

/** What a machine says of a call that its role does not allow. */
const DENIED = /AccessDenied|not authorized/i;

/** Clients that act as a function does. */
const as = (functionName: string) => {
  const options = { ...aws, credentials: credentialsOf(functionName, city.endpoint) };
  return {
    dynamo: new DynamoDBClient(options),
    secrets: new SecretsManagerClient(options),
    ssm: new SSMClient(options),
  };
};

describe('with IAM enforced', () => {
  let person: Person;
  beforeAll(async () => {
    // Warms the functions up that are looked at.
    person = await cast.person('guarded');
    await person.doors.getWallet({ path: { userId: person.id } });
  });

  it('a function that reads may read, and not write', async () => {
    const { dynamo } = as('paytm-saga-get-wallet');
    await expect(dynamo.send(new GetItemCommand({ TableName, Key }))).resolves.toBeDefined();
    await expect(dynamo.send(new PutItemCommand({ TableName, Item: Key }))).rejects.toMatchObject(refused);
    await expect(dynamo.send(new ScanCommand({ TableName }))).rejects.toMatchObject(refused);
  });

  it('a function reaches the tables, secrets and parameters of its own grants, and no others', async () => {
    const { dynamo, secrets, ssm } = as('platform-authorizer');
    const own = new GetParameterCommand({ Name: '/dabbawala/identity/url' });
    await expect(ssm.send(own)).resolves.toBeDefined();
    const others = new GetParameterCommand({ Name: '/dabbawala/sandbox-bank/url' });
    await expect(ssm.send(others)).rejects.toMatchObject(refused);
    await expect(dynamo.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject(refused);
    for (const SecretId of ['dabbawala/operator/client', 'dabbawala/identity/signing-key']) {
      await expect(secrets.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject(refused);
    }
  });

  it('a function that does not start payments cannot start the machine', async () => {
    const { sfn } = executionsOf(
      city,
      'paytm-saga-payment',
      credentialsOf('paytm-saga-get-wallet', city.endpoint),
    );
    const start = new StartExecutionCommand({
      stateMachineArn: `arn:aws:states:${city.region}:000000000000:stateMachine:paytm-saga-payment`,
      input: '{}',
    });
    await expect(sfn.send(start)).rejects.toMatchObject(refused);
  });

  it('a machine calls the functions of its own grants, and no others', async () => {
    const { sfn } = executionsOf(city, 'paytm-saga-payment');
    const stateMachineArn = `arn:aws:states:${city.region}:000000000000:stateMachine:paytm-saga-payment`;
    const { roleArn } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    /** The error that a machine with the role of payments ends with, when all it does is to call one function. */
    const errorAtCalling = async (functionName: string) => {
      const call = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
      const definition = {
        QueryLanguage: 'JSONata',
        StartAt: 'Call',
        States: { Call: { ...call, Arguments: { FunctionName: functionName, Payload: {} } } },
      };
      const made = await sfn.send(
        new CreateStateMachineCommand({
          name: `guarded-${functionName}`,
          roleArn,
          definition: JSON.stringify(definition),
        }),
      );
      const { executionArn } = await sfn.send(
        new StartExecutionCommand({ stateMachineArn: made.stateMachineArn, input: '{}' }),
      );
      const ended = await waitFor(
        async () => {
          const { status, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
          return status !== 'RUNNING' && { status, says: `${error} ${cause}` };
        },
        { what: `a machine to call ${functionName}`, timeoutMs: 30_000 },
      );
      await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: made.stateMachineArn }));
      return ended;
    };
    // Its own answers, if only that this is no payment; the door of another system is not even asked.
    expect((await errorAtCalling('paytm-saga-reserve-funds')).says).not.toMatch(DENIED);
    await unlessStock('a machine is refused what its role does not allow', async () => {
      expect(await errorAtCalling('identity-jwks')).toEqual({
        status: 'FAILED',
        says: expect.stringMatching(DENIED),
      });
    });
  });

  it('a deployed function without its grant is refused, and works again with it', async () => {
    const look = () => person.doors.getWallet({ path: { userId: person.id } });
    await faultsIn(city).whileInRoleOf('paytm-saga-get-wallet', 'platform-authorizer', async () => {
      await expect(look()).rejects.toMatchObject({ name: 'PeerUnavailableError', facts: { status: 500 } });
    });
    expect((await look()).body.user).toBe(person.id);
  });
});
