/** What the consumer does that bookings are compared with: one conditional write for each message, and nothing else. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const write = async ({ body }: SQSRecord): Promise<void> => {
  const { id } = JSON.parse(body) as { readonly id: string };
  await client.send(
    new PutCommand({
      TableName: process.env.TABLE,
      Item: { pk: id, sk: 'WRITTEN' },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
};

/** One group's messages follow each other, and groups go on side by side: what a FIFO queue asks for, and what ours do. */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const groups = Map.groupBy(Records, ({ attributes }) => attributes.MessageGroupId);
  await Promise.all(
    [...groups.values()].map(async (group) => {
      for (const record of group) await write(record);
    }),
  );
  return { batchItemFailures: [] };
};
