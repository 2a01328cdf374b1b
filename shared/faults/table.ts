/** The faults table as a function sees it. */
import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ArmedFault, faultKey } from './fault.ts';

export interface FaultsOfFunction {
  /** All that are armed for a function and have calls left. */
  armed(functionName: string): Promise<readonly ArmedFault[]>;
  /** Takes one call of a fault. @returns whether there was one left */
  claim(fault: ArmedFault): Promise<boolean>;
}

export const faultsTable = (client: DynamoDBDocumentClient, table: string): FaultsOfFunction => ({
  async armed(functionName) {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :function',
        ExpressionAttributeValues: { ':function': functionName },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => ArmedFault.parse(item)).filter(({ timesLeft }) => timesLeft > 0);
  },
  async claim({ function: functionName, id }) {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: faultKey(functionName, id),
          UpdateExpression: 'SET timesLeft = timesLeft - :one',
          ConditionExpression: 'timesLeft >= :one',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  },
});
