/** Many items of a table in one call. */
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TransientError } from '../errors/index.ts';
import { type Item, identityOf, type Key } from './item.ts';

/** Items as they are now, each for itself: they may be of different moments. In the order of their keys. */
export type GetAll = (keys: readonly Key[]) => Promise<readonly (Item | undefined)[]>;

/** What DynamoDB leaves aside is asked for so often in all. */
const CALLS = 3;

/**
 * On a DynamoDB table. At most 100 keys, each once, as DynamoDB takes them.
 * @throws {TransientError} the table was too busy to give all of them; a retry helps
 */
export const dynamoGetAll =
  ({
    client,
    table,
  }: {
    readonly client: Pick<DynamoDBDocumentClient, 'send'>;
    readonly table: string;
  }): GetAll =>
  async (keys) => {
    const found = new Map<string, Item>();
    let left: readonly Key[] = keys.map(({ pk, sk }) => ({ pk, sk }));
    for (let call = 1; call <= CALLS && left.length > 0; call += 1) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: [...left], ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table] ?? []) found.set(identityOf(item as Key), item as Item);
      left = (UnprocessedKeys?.[table]?.Keys ?? []) as Key[];
    }
    if (left.length > 0) throw new TransientError({ reason: `${left.length} items were left aside` });
    return keys.map((key) => found.get(identityOf(key)));
  };
