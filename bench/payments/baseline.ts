/** The machine that payments are compared with: as many Lambdas as a payment's straight way, each one conditional write. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { build } from 'esbuild';
import { bundleOptions } from '../../localstack/cloud/bundle.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { SHARED_PATHS } from '../../localstack/cloud/paths.ts';
import { zipOf } from '../../localstack/emulator/zip.ts';
import { PK_AND_SK } from '../../localstack/parity/harness/dynamodb.ts';
import { trust } from '../../localstack/parity/harness/iam.ts';
import { placeholderOf, task } from '../../statemachines/asl.ts';

export interface Baseline {
  readonly machine: string;
  readonly functions: readonly string[];
  /** Starts one execution, `<id>.1`, and answers its id. */
  readonly start: () => Promise<string>;
  /** Takes all of it out of the city again. */
  readonly remove: () => Promise<void>;
}

/** Deploys it into a city that runs, packed and asked as ours are: the same bootstrap, rules of a bundle, and payload. */
export const deployBaseline = async (
  { endpoint, region }: Pick<CityFile, 'endpoint' | 'region'>,
  tasks: number,
): Promise<Baseline> => {
  const aws = { endpoint, region };
  const [iam, lambda] = [new IAMClient(aws), new LambdaClient(aws)];
  const [dynamo, sfn] = [new DynamoDBClient(aws), new SFNClient(aws)];
  const name = `bench-payments-${Date.now()}`;
  const removals: (() => Promise<unknown>)[] = [];
  const remove = async () => {
    for (const undo of removals.toReversed()) await undo();
    removals.length = 0;
  };
  try {
    const role = { RoleName: name };
    const { Role } = await iam.send(
      new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: trust('lambda', 'states') }),
    );
    removals.push(() => iam.send(new DeleteRoleCommand(role)));
    const policy = { ...role, PolicyName: 'only' };
    const Action = ['dynamodb:PutItem', 'lambda:InvokeFunction', 'logs:CreateLogStream', 'logs:PutLogEvents'];
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
    });
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
    removals.push(() => iam.send(new DeleteRolePolicyCommand(policy)));

    const table = { TableName: name };
    await dynamo.send(
      new CreateTableCommand({
        ...table,
        ...PK_AND_SK,
      }),
    );
    removals.push(() => dynamo.send(new DeleteTableCommand(table)));
    await waitUntilTableExists({ client: dynamo, maxWaitTime: 60, minDelay: 1 }, table);

    const ZipFile = await packed();
    const files = Array.from({ length: tasks }, (_, n) => `write-${n}`);
    const arns = new Map<string, string>();
    for (const file of files) {
      const fn = { FunctionName: `${name}-${file}` };
      const { FunctionArn = '' } = await lambda.send(
        new CreateFunctionCommand({
          ...fn,
          Runtime: 'provided.al2023',
          Handler: 'index.handler',
          Role: Role?.Arn,
          Timeout: 10,
          MemorySize: 256,
          Environment: { Variables: { TABLE: name } },
          Code: { ZipFile },
        }),
      );
      removals.push(() => lambda.send(new DeleteFunctionCommand(fn)));
      await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, fn);
      arns.set(`\${${placeholderOf(file)}}`, FunctionArn);
    }
    const { stateMachineArn = '' } = await sfn.send(
      new CreateStateMachineCommand({ name, roleArn: Role?.Arn, definition: definitionOf(files, arns) }),
    );
    removals.push(() => sfn.send(new DeleteStateMachineCommand({ stateMachineArn })));
    const input = JSON.stringify({ correlationId: name });
    let started = 0;
    return {
      machine: stateMachineArn,
      functions: files.map((file) => `${name}-${file}`),
      async start() {
        started += 1;
        const id = `${name}-${started}`;
        await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${id}.1`, input }));
        return id;
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
};

const definitionOf = (files: readonly string[], arns: ReadonlyMap<string, string>): string => {
  const states = files.map((file, n) => {
    const following = files[n + 1];
    return [
      placeholderOf(file),
      { ...task(file), ...(following ? { Next: placeholderOf(following) } : { End: true }) },
    ];
  });
  const StartAt = placeholderOf(files[0] ?? '');
  const text = JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States: Object.fromEntries(states) });
  return text.replaceAll(/\$\{\w+\}/g, (placeholder) => arns.get(placeholder) ?? placeholder);
};

const packed = async (): Promise<Buffer> => {
  const { outputFiles } = await build({
    ...bundleOptions,
    entryPoints: [join(import.meta.dirname, 'write.ts')],
  });
  return zipOf({
    bootstrap: readFileSync(SHARED_PATHS.bootstrap, 'utf8'),
    'package.json': '{ "type": "commonjs" }\n',
    'index.js': outputFiles[0]?.text ?? '',
  });
};
