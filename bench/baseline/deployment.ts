/** What a bench deploys into a city that runs, to compare with it, and takes out of it again. */
import { readFileSync } from 'node:fs';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
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
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { bundleOptions } from '../../localstack/cloud/bundle.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { SHARED_PATHS } from '../../localstack/cloud/paths.ts';
import { zipOf } from '../../localstack/emulator/zip.ts';
import { PK_AND_SK } from '../../localstack/parity/harness/dynamodb.ts';
import { trust } from '../../localstack/parity/harness/iam.ts';

/** Where it is deployed. */
export type Place = Pick<CityFile, 'endpoint' | 'region'>;

export interface Deploying {
  /** What everything is called that is made here; no other run has it. */
  readonly name: string;
  readonly aws: Place;
  /** The ARN of the role that functions and machines take. */
  readonly role: string;
  /** What is to be undone, the last first. */
  readonly later: (undo: () => Promise<unknown>) => void;
  /** A table of the house's keys; answers its name. */
  readonly table: (more?: Partial<CreateTableCommandInput>) => Promise<string>;
  /** A function `<name>-<file>`; answers its ARN. */
  readonly lambda: (fn: DeployedLambda) => Promise<string>;
}

export interface DeployedLambda {
  readonly file: string;
  readonly code: Uint8Array;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether API Gateway may call it. @default false */
  readonly byGateway?: boolean;
}

/** It can be taken out again. */
export interface Removable {
  readonly remove: () => Promise<void>;
}

/**
 * Makes a role with these actions on everything, and whatever `make` makes with it; all of it is gone after `remove`, or where
 * something could not be made.
 */
export const deployed = async <T extends object>(
  { endpoint, region }: Place,
  { what, actions }: { readonly what: string; readonly actions: readonly string[] },
  make: (deploying: Deploying) => Promise<T>,
): Promise<T & Removable> => {
  const aws = { endpoint, region };
  const [iam, lambda, dynamo] = [new IAMClient(aws), new LambdaClient(aws), new DynamoDBClient(aws)];
  const name = `bench-${what}-${Date.now()}`;
  const removals: (() => Promise<unknown>)[] = [];
  const later: Deploying['later'] = (undo) => removals.push(undo);
  const remove = async () => {
    for (const undo of removals.toReversed()) await undo();
    removals.length = 0;
  };
  try {
    const role = { RoleName: name };
    const { Role } = await iam.send(
      new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: trust('lambda', 'states') }),
    );
    later(() => iam.send(new DeleteRoleCommand(role)));
    const policy = { ...role, PolicyName: 'only' };
    const Action = [...actions, 'logs:CreateLogStream', 'logs:PutLogEvents'];
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
    });
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
    later(() => iam.send(new DeleteRolePolicyCommand(policy)));
    const made = await make({
      ...{ name, aws, role: Role?.Arn ?? '', later },
      async table(more = {}) {
        const table = { TableName: name };
        await dynamo.send(new CreateTableCommand({ ...table, ...PK_AND_SK, ...more }));
        later(() => dynamo.send(new DeleteTableCommand(table)));
        await waitUntilTableExists({ client: dynamo, maxWaitTime: 60, minDelay: 1 }, table);
        return name;
      },
      async lambda({ file, code: ZipFile, environment: Variables, byGateway = false }) {
        const fn = { FunctionName: `${name}-${file}` };
        const { FunctionArn = '' } = await lambda.send(
          new CreateFunctionCommand({
            ...fn,
            ...{ Runtime: 'provided.al2023', Handler: 'index.handler', Role: Role?.Arn },
            ...{ Timeout: 10, MemorySize: 256, Environment: { Variables }, Code: { ZipFile } },
          }),
        );
        later(() => lambda.send(new DeleteFunctionCommand(fn)));
        await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, fn);
        if (byGateway) {
          const Principal = 'apigateway.amazonaws.com';
          const may = { StatementId: 'gateway', Action: 'lambda:InvokeFunction', Principal };
          await lambda.send(new AddPermissionCommand({ ...fn, ...may }));
        }
        return FunctionArn;
      },
    });
    return { ...made, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** A function as ours are packed: the same bootstrap, and bundled by the same rules. */
export const packed = async (entry: string): Promise<Buffer> => {
  const { outputFiles } = await build({ ...bundleOptions, entryPoints: [entry] });
  return zipOf({
    bootstrap: readFileSync(SHARED_PATHS.bootstrap, 'utf8'),
    'package.json': '{ "type": "commonjs" }\n',
    'index.js': outputFiles[0]?.text ?? '',
  });
};

/** What an integration of API Gateway names as a function. */
export const uriOf = ({ region }: Place, arn: string): string =>
  `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
