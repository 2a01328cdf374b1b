/** A door before DynamoDB through which Lambdas go on request: it hears how much capacity each of their calls takes. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type ConsumedCapacity,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

/** Request units, by the emulator's reckoning: it counts as DynamoDB does, indexes and both halves of a transaction included. */
export interface Capacity {
  readonly reads: number;
  readonly writes: number;
}

/** How long nobody may ask for anything before a measurement is over: traces come last. */
const QUIET_MS = 6_000;

const COMMANDS = {
  BatchGetItem: (input: never) => new BatchGetItemCommand(input),
  BatchWriteItem: (input: never) => new BatchWriteItemCommand(input),
  GetItem: (input: never) => new GetItemCommand(input),
  PutItem: (input: never) => new PutItemCommand(input),
  Query: (input: never) => new QueryCommand(input),
  TransactWriteItems: (input: never) => new TransactWriteItemsCommand(input),
  UpdateItem: (input: never) => new UpdateItemCommand(input),
} as const;
type Action = keyof typeof COMMANDS;
const READS: ReadonlySet<Action> = new Set(['BatchGetItem', 'GetItem', 'Query']);

/** @param aws where DynamoDB is */
export const openDoor = async (aws: { endpoint: string; region: string }) => {
  const client = new DynamoDBClient(aws);
  let heard = { reads: 0, writes: 0 };
  let last = performance.now();

  /** The call again, signed anew, because it asks for its capacity too. */
  const ask = async (action: Action, input: object): Promise<object> => {
    const command = COMMANDS[action]({ ...input, ReturnConsumedCapacity: 'TOTAL' } as never);
    const { $metadata: _, ...answer } = await client.send(command as TransactWriteItemsCommand);
    const consumed: readonly ConsumedCapacity[] = [answer.ConsumedCapacity ?? []].flat();
    const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    heard[READS.has(action) ? 'reads' : 'writes'] += units;
    return answer;
  };

  const answered = async (request: IncomingMessage): Promise<{ status: number; answer: object }> => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) as Action;
    return { status: 200, answer: await ask(action, JSON.parse(await textOf(request)) as object) };
  };

  const server = createServer((request, response) => {
    last = performance.now();
    void answered(request)
      .catch(refused)
      .then(({ status, answer }) => {
        response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(answer));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    address: `http://127.0.0.1:${port}`,
    /** What was heard since the last time. */
    taken(): Capacity {
      const taken = heard;
      heard = { reads: 0, writes: 0 };
      return taken;
    },
    /** Waits until nobody has asked for a while. */
    async quiet(): Promise<void> {
      while (performance.now() - last < QUIET_MS) await pause(QUIET_MS - (performance.now() - last));
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

/** An error as DynamoDB says it: whoever asked has to be able to read it. */
const refused = (
  error: Error & {
    $metadata?: { httpStatusCode?: number };
    CancellationReasons?: unknown;
    Item?: unknown;
  },
) => ({
  status: error.$metadata?.httpStatusCode ?? 500,
  answer: {
    ...{ __type: error.name, message: error.message },
    ...{ CancellationReasons: error.CancellationReasons, Item: error.Item },
  },
});

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};
