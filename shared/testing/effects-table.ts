import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { houseIndexes, type Indexes } from '../effects/index.ts';

export interface EffectsTable {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  /** Deletes the table and closes the client. */
  readonly drop: () => Promise<void>;
}

/**
 * Makes a table of effects of a test file's own, on the emulator that DABBA_STORE_ENDPOINT names.
 *
 * @param name what the table is called, before a part that is new at every call
 * @throws {Error} DABBA_STORE_ENDPOINT is not set
 */
export const createEffectsTable = async (
  name: string,
  indexes: Indexes = houseIndexes,
): Promise<EffectsTable> => {
  const endpoint = process.env.DABBA_STORE_ENDPOINT;
  if (endpoint === undefined) {
    throw new Error('DABBA_STORE_ENDPOINT must name an emulator; npm test starts one and sets it');
  }
  const client = new DynamoDBClient({
    endpoint,
    region: 'ap-south-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const table = `${name}-${crypto.randomUUID()}`;
  const keysOf = ({ pk, sk }: { pk: string; sk: string }) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
  const attributes = new Set(['pk', 'sk', ...Object.values(indexes).flatMap(({ pk, sk }) => [pk, sk])]);
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keysOf({ pk: 'pk', sk: 'sk' }),
      AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, keys]) => ({
        IndexName,
        KeySchema: keysOf(keys),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName: table });
  return {
    client: DynamoDBDocumentClient.from(client),
    table,
    drop: async () => {
      await client.send(new DeleteTableCommand({ TableName: table }));
      client.destroy();
    },
  };
};
