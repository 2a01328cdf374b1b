/** What a function on a table is without the house: a client of documents and two of its commands. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE;

export const handler = async ({ pk, balance }: { readonly pk: string; readonly balance: number }) => {
  await client.send(
    new TransactWriteCommand({
      TransactItems: [{ Put: { TableName, Item: { pk, sk: 'wallet', balance } } }],
    }),
  );
  return (await client.send(new GetCommand({ TableName, Key: { pk, sk: 'wallet' } }))).Item;
};
