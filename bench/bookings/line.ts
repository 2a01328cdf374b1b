/** Lines that are filled and worked off: ours, and the one that it is compared with. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CloudEvent } from '../../shared/messaging/events.ts';
import { waitFor } from '../../shared/testing/index.ts';
import type { Place } from '../baseline/deployment.ts';
import type { Asked } from './plan.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Found = Readonly<Record<string, unknown>>;

/** Requests of which each is told with one message, in their order. */
export interface Filling {
  readonly events: readonly CloudEvent[];
  /** For each event, the item that says what has become of it. */
  readonly items: readonly Key[];
}

export interface Line {
  readonly topicArn: string;
  readonly table: string;
  /** Makes requests ready to be told; that is not measured. @param round so that each has lines of its own */
  readonly filling: (plan: readonly Asked[], round: number) => Promise<Filling>;
  /** Whether an item says that its message was worked on. */
  readonly isDone: (found: Found | undefined) => boolean;
}

/** What one BatchGetItem takes. */
const A_LOOK = 100;

export const readerOf = ({ endpoint, region }: Place) => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region }));
  /** Items by their keys, where they are. */
  const read = async (table: string, keys: readonly Key[]): Promise<readonly (Found | undefined)[]> => {
    const found = new Map<string, Found>();
    for (let from = 0; from < keys.length; from += A_LOOK) {
      const Keys = keys.slice(from, from + A_LOOK).map(({ pk, sk }) => ({ pk, sk }));
      const { Responses = {} } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
      );
      for (const item of Responses[table] ?? []) found.set(String(item.pk), item);
    }
    return keys.map(({ pk }) => found.get(pk));
  };
  return {
    read,
    /** Waits until all that is asked for is so; one look is for all that is not yet. @throws {Error} it was not in time */
    async until(
      table: string,
      keys: readonly Key[],
      is: (found: Found | undefined) => boolean,
      { what, everyMs }: { readonly what: string; readonly everyMs: number },
    ): Promise<void> {
      let left = keys;
      await waitFor(
        async (seen) => {
          const found = await read(table, left);
          left = left.filter((_, nth) => !is(found[nth]));
          seen(`${left.length} are not`);
          return left.length === 0;
        },
        { what, everyMs, timeoutMs: WITHIN_MS },
      );
    },
  };
};

const WITHIN_MS = 600_000;
