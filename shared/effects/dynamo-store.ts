import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { entryOf } from './expression.ts';
import type { Item } from './item.ts';
import {
  ChangesRefused,
  cursorOf,
  type EffectStore,
  houseIndexes,
  type Indexes,
  keysOfIndex,
  positionOf,
  type Refusal,
  StoreBusy,
} from './store.ts';

export interface DynamoStoreOptions {
  /** With time-outs of its own, so that no call outlives the deadline of a commit by much. */
  readonly client: DynamoDBDocumentClient;
  /** The name of a table with the string keys `pk` and `sk` and the TTL attribute `expiresAt`. */
  readonly table: string;
  /** @default the indexes of every table of effects */
  readonly indexes?: Indexes;
}

/** The store on a DynamoDB table. */
export const dynamoStore = ({ client, table, indexes = houseIndexes }: DynamoStoreOptions): EffectStore => ({
  async transact(changes) {
    const TransactItems = changes.map((change) => entryOf(change, table));
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
    } catch (caught) {
      throw isCancellation(caught) ? refusalOf(caught) : caught;
    }
  },

  async get({ pk, sk }) {
    const command = new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true });
    return (await client.send(command)).Item;
  },

  async query({ index, pk, beginsWith = '', from, limit, newestFirst = false }) {
    const keys = keysOfIndex(indexes, index);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
        KeyConditionExpression: beginsWith === '' ? '#pk = :pk' : '#pk = :pk AND begins_with(#sk, :sk)',
        ExpressionAttributeNames: { '#pk': keys.pk, ...(beginsWith === '' ? {} : { '#sk': keys.sk }) },
        ExpressionAttributeValues: { ':pk': pk, ...(beginsWith === '' ? {} : { ':sk': beginsWith }) },
        ...(from === undefined ? {} : { ExclusiveStartKey: positionOf(from, keys, pk) }),
        Limit: limit,
        ScanIndexForward: !newestFirst,
      }),
    );
    return { items: Items, ...(LastEvaluatedKey === undefined ? {} : { next: cursorOf(LastEvaluatedKey) }) };
  },
});

/** The transaction was cancelled: for each change, by position, why. */
interface Cancellation extends Error {
  readonly CancellationReasons?: readonly {
    readonly Code?: string;
    readonly Item?: Parameters<typeof unmarshall>[0];
    readonly Message?: string;
  }[];
}

/** By name, because a bundle may hold the class twice. */
const isCancellation = (caught: unknown): caught is Cancellation =>
  caught instanceof Error && caught.name === 'TransactionCanceledException';

const BUSY = new Set(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError']);

const refusalOf = (cancelled: Cancellation): Error => {
  const reasons = cancelled.CancellationReasons ?? [];
  const refusals = reasons.flatMap(({ Code, Item }, index): Refusal[] =>
    Code === 'ConditionalCheckFailed' ? [{ index, found: foundOf(Item) }] : [],
  );
  const busy = reasons.find(({ Code }) => Code !== undefined && BUSY.has(Code));
  if (refusals.length > 0)
    return new ChangesRefused(refusals, { busy: busy !== undefined, cause: cancelled });
  if (busy?.Code !== undefined) return new StoreBusy({ reason: busy.Code }, { cause: cancelled });
  const defects = reasons.flatMap(({ Code, Message }, index) =>
    Code === undefined || Code === 'None' ? [] : [`change ${index}: ${Code} ${Message ?? ''}`],
  );
  return new TypeError(`The table cannot take these changes: ${defects.join('; ')}`, { cause: cancelled });
};

/** The document client translates answers, but not what an error carries. */
const foundOf = (item: Parameters<typeof unmarshall>[0] | undefined): Item | undefined =>
  item === undefined || Object.keys(item).length === 0 ? undefined : unmarshall(item);
