/** What the Lambda does that an order is compared with: one conditional write of an item as large, and nothing else. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const order = JSON.parse(process.env.ORDER ?? '{}') as Record<string, unknown>;

export const handler = async () => {
  const Item = { ...order, pk: randomUUID(), sk: 'ORDER' };
  await client.send(
    new PutCommand({
      TableName: process.env.TABLE,
      Item,
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  const headers = { 'Content-Type': 'application/json' };
  return { statusCode: 201, headers, body: JSON.stringify(Item) };
};
