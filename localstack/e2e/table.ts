import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { OUTBOX_SHARDS } from '../../shared/effects/outbox.ts';
import { CloudEvent } from '../../shared/messaging/events.ts';
import type { CityFile } from '../cloud/city.ts';
import { credentials } from './city.ts';

export type Row = Record<string, unknown>;

/** A look behind the doors, with the operator's rights, at what no door shows: notices and the outbox. */
export const tableOf = (city: CityFile, system: string, output: string) => {
  const { endpoint, region } = city;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  const TableName = city.systems[system]?.outputs[output] ?? '';

  const under = async (pk: string): Promise<Row[]> => {
    const rows: Row[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) rows.push(...Items);
    return rows;
  };

  /** All that stands in the outbox, sent or not. */
  const outbox = async (): Promise<{ row: Row; event: CloudEvent }[]> => {
    const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => under(`OUTBOX#${shard}`));
    return (await Promise.all(shards)).flat().map((row) => ({ row, event: CloudEvent.parse(row.event) }));
  };

  return {
    under,
    async all(): Promise<Row[]> {
      const rows: Row[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) rows.push(...Items);
      return rows;
    },
    outbox,
    /** What stands in the outbox about one thing, sent or not. */
    outboxOf: async (subject: string) => (await outbox()).filter(({ event }) => event.subject === subject),
    /** Makes an item older than it is, so that no test has to wait for it to grow old. */
    async age({ pk, sk }: Row, fields: readonly string[], ms: number): Promise<void> {
      const then = new Date(Date.now() - ms).toISOString();
      await client.send(
        new UpdateCommand({
          TableName,
          Key: { pk, sk },
          UpdateExpression: `SET ${fields.map((_, n) => `#f${n} = :then`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(fields.map((field, n) => [`#f${n}`, field])),
          ExpressionAttributeValues: { ':then': then },
        }),
      );
    },
  };
};
