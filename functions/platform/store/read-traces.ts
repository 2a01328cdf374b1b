import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient, env } from '../../../shared/aws/index.ts';

/** A look reads so many pages of a trace, each a megabyte at most. */
const PAGES = 4;

export interface TraceReader {
  /** The items of a trace, oldest first, and whether there are more than one look reads. @param pages default: 4 */
  read(
    traceId: string,
    pages?: number,
  ): Promise<{ readonly items: readonly object[]; readonly more: boolean }>;
}

export const traceReader = (client: Pick<DynamoDBDocumentClient, 'send'>, table: string): TraceReader => ({
  async read(traceId, pages = PAGES) {
    const items: object[] = [];
    let from: Record<string, unknown> | undefined;
    for (let page = 0; page < pages; page += 1) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': traceId },
          ExclusiveStartKey: from,
        }),
      );
      items.push(...Items);
      from = LastEvaluatedKey;
      if (!from) return { items, more: false };
    }
    return { items, more: true };
  },
});

export interface TracePorts {
  readonly traces: TraceReader;
}

export const tracePorts = (): TracePorts => ({ traces: traceReader(documentClient(), env('TRACES_TABLE')) });
