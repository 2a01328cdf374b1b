/** The traces table: pk trace id, sk time and fingerprint; what is older than three days goes by itself. */
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fullJitterMs } from '../../../shared/time/index.ts';
import type { TraceItem } from '../contract.ts';

export interface Traces {
  /** Keeps items; each key at most once. How many could not be kept: a trace may have holes. */
  keep(items: readonly TraceItem[]): Promise<number>;
}

export interface TracesPorts {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  /** 0 (inclusive) to 1 (exclusive), evenly. */
  readonly chance: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** DynamoDB's limit for one batch. */
const BATCH = 25;
const TRIES = 5;
const PAUSES = { baseMs: 100, capMs: 1_000 };

export const traces = ({ client, table, chance, pause }: TracesPorts): Traces => ({
  async keep(items) {
    let lost = 0;
    for (let start = 0; start < items.length; start += BATCH) {
      let requests: readonly object[] = items
        .slice(start, start + BATCH)
        .map((item) => ({ PutRequest: { Item: item } }));
      for (let tried = 0; requests.length > 0 && tried < TRIES; tried += 1) {
        if (tried > 0) await pause(fullJitterMs(tried, chance, PAUSES));
        const { UnprocessedItems } = await client.send(
          new BatchWriteCommand({ RequestItems: { [table]: [...requests] } }),
        );
        requests = UnprocessedItems?.[table] ?? [];
      }
      lost += requests.length;
    }
    return lost;
  },
});
