/**
 * Allowances in a table of their own: an item a door and person, `ALLOWANCE#<door>#<who>`, with the log of the last window.
 * It is written on condition that nobody has written since, and first on what this process remembers, so that the usual
 * use is one write and no read.
 */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Now } from '../../../shared/time/index.ts';
import { type Allowance, BORROWED_MS, forgottenAt, granted, type Log } from '../domain/allowance.ts';
import type { Allowances, Spent } from '../domain/ports.ts';

interface Remembered {
  version: number;
  log: Log;
  /** What was borrowed and is not spent, and until when it can be. */
  borrowed: number;
  until: number;
  left: number;
  resetAt: number;
}

/** What a process remembers, the least used forgotten first. */
const MOST_REMEMBERED = 1_000;
/** So often others may be faster, before it is taken for too many. */
const TRIES = 4;

export const allowances = ({
  client,
  table,
  now,
}: {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  readonly now: Now;
}): Allowances => {
  const remembered = new Map<string, Remembered>();
  const remember = (key: string, what: Remembered): void => {
    remembered.delete(key);
    remembered.set(key, what);
    if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
  };

  const read = async (key: string): Promise<Pick<Remembered, 'version' | 'log'>> => {
    const command = new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true });
    const { Item } = await client.send(command);
    return { version: Number(Item?.version ?? 0), log: (Item?.log ?? []) as Log };
  };

  /** False: somebody has written since. */
  const write = async (
    key: string,
    allowance: Allowance,
    version: number,
    log: Log,
    at: number,
  ): Promise<boolean> => {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...keyOf(key), version: version + 1, log: [...log], expiresAt: forgottenAt(allowance, at) },
          ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :version',
          ...(version === 0
            ? {}
            : {
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':version': version },
              }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };

  return {
    async spend(allowance, who): Promise<Spent> {
      const key = `${allowance.name}#${who}`;
      const known = remembered.get(key);
      const at = now().getTime();
      if (known && known.borrowed > 0 && at < known.until) {
        known.borrowed -= 1;
        return answer(true, known.left + known.borrowed, known.resetAt - at);
      }
      for (let tried = 0; tried < TRIES; tried += 1) {
        const found = tried === 0 ? (known ?? { version: 0, log: [] }) : await read(key);
        const { granted: got, left, log, resetMs } = granted(allowance, found.log, at);
        // What is remembered may be of before others used theirs up, so that a refusal is looked up; and it has no cost.
        if (got === 0 && tried > 0) return answer(false, 0, resetMs);
        if (got === 0) continue;
        if (await write(key, allowance, found.version, log, at)) {
          remember(key, {
            ...{ version: found.version + 1, log, left, resetAt: at + resetMs },
            ...{ borrowed: got - 1, until: at + BORROWED_MS },
          });
          return answer(true, left + got - 1, resetMs);
        }
      }
      // So many at once are too many.
      return answer(false, 0, 1_000);
    },
  };
};

const keyOf = (key: string) => ({ pk: `ALLOWANCE#${key}`, sk: 'ALLOWANCE' });

const answer = (allowed: boolean, left: number, resetMs: number): Spent => ({
  ...{ allowed, left },
  resetSeconds: Math.max(1, Math.ceil(resetMs / 1000)),
});
