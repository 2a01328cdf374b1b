/** What a Lambda of the machine that payments are compared with does: one conditional write, and nothing else. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

interface Call {
  readonly context: { readonly executionId: string; readonly state: string };
}

export const handler = async ({ context: { executionId, state } }: Call): Promise<null> => {
  await client.send(
    new PutCommand({
      TableName: process.env.TABLE,
      Item: { pk: executionId, sk: state },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  return null;
};
