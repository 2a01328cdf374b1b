import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { type WaitForOptions, waitFor } from '../../../shared/testing/index.ts';
import type { Cloud } from './cloud.ts';
import { packing } from './target.ts';
import { type Does, workerZip } from './worker.ts';

export interface Worker {
  readonly name: string;
  readonly arn: string;
}

export interface WorkerOptions {
  readonly does: Does;
  /** What it is called within its behaviour. @default 'worker' */
  readonly as?: string;
  readonly given?: Readonly<Record<string, string>>;
  /** In seconds. @default 5 */
  readonly timeout?: number;
  /** @default the role that all small Lambdas share */
  readonly role?: string;
}

/** A small Lambda that can be called when this returns. */
export const makeWorker = async (cloud: Cloud, options: WorkerOptions): Promise<Worker> => {
  const { does, as = 'worker', given = {}, timeout = 5, role = cloud.role } = options;
  const lambda = cloud.client(LambdaClient);
  const { runtime, files } = packing(cloud.place);
  const FunctionName = cloud.name(as);
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: runtime,
      Handler: 'index.handler',
      Role: role,
      Timeout: timeout,
      Environment: { Variables: { JOURNAL: cloud.journal, GIVEN: JSON.stringify(given) } },
      Code: { ZipFile: workerZip(does, files) },
    }),
  );
  cloud.later(() => lambda.send(new DeleteFunctionCommand({ FunctionName })));
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
  return { name: FunctionName, arn: FunctionArn ?? '' };
};

/** What an invocation that is waited for answered. */
export interface Answer {
  readonly failed: boolean;
  readonly body: unknown;
  readonly version: string | undefined;
}

export const invoke = async (
  cloud: Cloud,
  { name }: Pick<Worker, 'name'>,
  event: unknown = {},
  Qualifier?: string,
): Promise<Answer> => {
  const command = new InvokeCommand({
    FunctionName: name,
    Payload: JSON.stringify(event),
    ...(Qualifier ? { Qualifier } : {}),
  });
  const { FunctionError, Payload, ExecutedVersion } = await cloud.client(LambdaClient).send(command);
  const text = Payload?.transformToString() ?? '';
  return {
    failed: FunctionError !== undefined,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
    version: ExecutedVersion,
  };
};

/** Calls a worker without waiting for it: what comes of the call is told to its destinations. */
export const invokeLater = (cloud: Cloud, { name: FunctionName }: Pick<Worker, 'name'>, event: object) =>
  cloud
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) }));

export interface WhatBecomesOfCalls {
  /** @default 2 */
  readonly retries?: number;
  /** The ARN of whom it is told to. */
  readonly onFailure?: string;
  readonly onSuccess?: string;
}

/** Says what becomes of calls that are not waited for. */
export const tellOf = (
  cloud: Cloud,
  { name: FunctionName }: Pick<Worker, 'name'>,
  { retries, onFailure, onSuccess }: WhatBecomesOfCalls,
) =>
  cloud.client(LambdaClient).send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName,
      ...(retries === undefined ? {} : { MaximumRetryAttempts: retries }),
      DestinationConfig: {
        ...(onFailure ? { OnFailure: { Destination: onFailure } } : {}),
        ...(onSuccess ? { OnSuccess: { Destination: onSuccess } } : {}),
      },
    }),
  );

/** What Lambda tells a destination: of a call that was not waited for, or of a batch of a stream. */
export interface Told {
  readonly requestContext?: { readonly condition?: string; readonly approximateInvokeCount?: number };
  readonly requestPayload?: unknown;
  readonly responsePayload?: unknown;
  readonly DDBStreamBatchInfo?: { readonly batchSize?: number };
  readonly KinesisBatchInfo?: { readonly batchSize?: number; readonly streamArn?: string };
}

export const toldBy = (message: { readonly Body?: string | undefined } | undefined): Told =>
  JSON.parse(message?.Body ?? '{}') as Told;

/** What a worker has noted until now, oldest first. */
export const notesOf = async <T>(cloud: Cloud, { name }: Pick<Worker, 'name'>): Promise<T[]> => {
  const { Items } = await cloud.client(DynamoDBClient).send(
    new QueryCommand({
      TableName: cloud.journal,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: name } },
      ConsistentRead: true,
    }),
  );
  return (Items ?? []).map(({ what }) => JSON.parse(what?.S ?? 'null') as T);
};

/** Waits until the notes of a worker are as wanted, and gives them. */
export const notesWhen = <T>(
  cloud: Cloud,
  worker: Pick<Worker, 'name'>,
  enough: (notes: T[]) => boolean,
  options: WaitForOptions,
): Promise<T[]> =>
  waitFor(
    async (seen) => {
      const notes = await notesOf<T>(cloud, worker);
      seen(notes);
      return enough(notes) ? notes : undefined;
    },
    { everyMs: 100, ...options },
  );

/** Lets a worker be called with what a queue or a stream holds; returns when the source is being read. */
export const feed = async (
  cloud: Cloud,
  { name }: Worker,
  source: string,
  options: Omit<CreateEventSourceMappingCommandInput, 'FunctionName' | 'EventSourceArn'> = {},
): Promise<void> => {
  const lambda = cloud.client(LambdaClient);
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({ ...options, FunctionName: name, EventSourceArn: source }),
  );
  cloud.later(() => lambda.send(new DeleteEventSourceMappingCommand({ UUID })));
  await waitFor(
    async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State === 'Enabled',
    { what: `the mapping from ${source}`, timeoutMs: 90_000 },
  );
};
