/** Whether a consumer has worked on a message: its record says so, where it keeps one. */
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { keyOfEffect } from '../effects/commit.ts';
import type { Now } from '../time/index.ts';
import type { WorkRecord } from './queues.ts';

/** @returns whether the record is there and has not run out; of what is in it nothing is read */
export const recordsIn =
  (client: Pick<DynamoDBDocumentClient, 'send'>, now: Now) =>
  async ({ table, ...effect }: WorkRecord): Promise<boolean> => {
    const { Item } = await client.send(
      new GetCommand({
        TableName: table,
        Key: keyOfEffect(effect),
        ConsistentRead: true,
        ProjectionExpression: 'pk, sk, expiresAt',
      }),
    );
    // What has run out may lie there for some time.
    return Item !== undefined && (Item.expiresAt === undefined || Item.expiresAt > now().getTime() / 1_000);
  };
