/**
 * Allowances in a table of their own: an item a door and person, `ALLOWANCE#<door>#<who>`, with the log of the last window.
 * It is written on condition that nobody has written since, and first on what this process remembers, so that the usual
 * use is one write and no read; a write that is refused brings what others have written.
 */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Now } from '../time/index.ts';
import {
  type Allowance,
  type Allowances,
  BORROWED_MS,
  forgottenAt,
  granted,
  type Log,
  type Spent,
} from './allowance.ts';

/** What the table has. */
interface Written {
  readonly version: number;
  readonly log: Log;
}

interface Remembered extends Written {
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

  const read = async (key: string): Promise<Written> => {
    const command = new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true });
    return writtenIn((await client.send(command)).Item);
  };

  /** What others have written since, in place of it; undefined: it is written. */
  const write = async (
    key: string,
    allowance: Allowance,
    version: number,
    log: Log,
    at: number,
  ): Promise<Written | undefined> => {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...keyOf(key), version: version + 1, log: [...log], expiresAt: forgottenAt(allowance, at) },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :version',
          ...(version === 0
            ? {}
            : {
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':version': version },
              }),
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
      const { Item } = error as Refused;
      // None where what was remembered is forgotten by now.
      return Item ? writtenIn(unmarshall(Item)) : read(key);
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
      let found: Written = known ?? { version: 0, log: [] };
      let isRemembered = true;
      for (let tried = 0; tried < TRIES; tried += 1) {
        const { granted: got, left, log, resetMs } = granted(allowance, found.log, at);
        if (got === 0 && !isRemembered) return answer(false, 0, resetMs);
        // What is remembered may be of before others used theirs up, so that a refusal is looked up; and it has no cost.
        const others = got === 0 ? await read(key) : await write(key, allowance, found.version, log, at);
        if (others === undefined) {
          remember(key, {
            ...{ version: found.version + 1, log, left, resetAt: at + resetMs },
            ...{ borrowed: got - 1, until: at + BORROWED_MS },
          });
          return answer(true, left + got - 1, resetMs);
        }
        found = others;
        isRemembered = false;
      }
      // So many at once are too many.
      return answer(false, 0, 1_000);
    },
  };
};

/** An error of the SDK whose condition did not hold; the document client leaves it as it came. */
interface Refused {
  readonly Item?: Parameters<typeof unmarshall>[0];
}

const writtenIn = (item: Readonly<Record<string, unknown>> | undefined): Written => ({
  version: Number(item?.version ?? 0),
  log: (item?.log ?? []) as Log,
});

const keyOf = (key: string) => ({ pk: `ALLOWANCE#${key}`, sk: 'ALLOWANCE' });

const answer = (allowed: boolean, left: number, resetMs: number): Spent => ({
  ...{ allowed, left },
  resetSeconds: Math.max(1, Math.ceil(resetMs / 1000)),
});
