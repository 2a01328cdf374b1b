import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
  type StreamViewType,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Cloud } from './cloud.ts';

export interface Table {
  readonly name: string;
  /** Empty without a stream. */
  readonly stream: string;
}

export interface TableOptions {
  /** What changes leave in the table's stream. @default no stream */
  readonly stream?: StreamViewType;
  /** A global index `byKind` over the attribute `kind`. @default none */
  readonly index?: boolean;
}

/** A table of the house's keys, paid by the request. */
export const PK_AND_SK = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
} satisfies Partial<CreateTableCommandInput>;

/** A table whose items have the key `pk`. */
export const makeTable = async (
  cloud: Cloud,
  { stream, index = false }: TableOptions = {},
): Promise<Table> => {
  const dynamo = cloud.client(DynamoDBClient);
  const TableName = cloud.name('table');
  const keyed = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }];
  const input: CreateTableCommandInput = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', ...(index ? ['kind'] : [])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keyed('pk'),
    ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } } : {}),
    ...(index
      ? {
          GlobalSecondaryIndexes: [
            { IndexName: 'byKind', KeySchema: keyed('kind'), Projection: { ProjectionType: 'ALL' } },
          ],
        }
      : {}),
  };
  const { TableDescription } = await dynamo.send(new CreateTableCommand(input));
  cloud.later(() => dynamo.send(new DeleteTableCommand({ TableName })));
  await waitUntilTableExists({ client: dynamo, maxWaitTime: 60, minDelay: 1 }, { TableName });
  return { name: TableName, stream: TableDescription?.LatestStreamArn ?? '' };
};
