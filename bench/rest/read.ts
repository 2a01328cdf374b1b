/** What the Lambda does that a search is compared with: the same one query, answered as it came, and nothing else. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async () => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: process.env.TABLE,
      IndexName: process.env.INDEX,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': process.env.PK ?? '' },
      ExpressionAttributeValues: { ':pk': process.env.CATALOGUE },
      Limit: 100,
    }),
  );
  const headers = { 'Content-Type': 'application/json' };
  return { statusCode: 200, headers, body: JSON.stringify({ items: Items }) };
};
