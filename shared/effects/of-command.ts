import type { RouteDefinition } from '../http/index.ts';
import type { Effect } from './commit.ts';
import { fingerprintOf } from './fingerprint.ts';

/** What a command is known by. */
interface Command {
  readonly caller: { readonly subject: string };
  readonly idempotencyKey: string;
  readonly path?: unknown;
  readonly body: unknown;
}

/** How long a key is known. */
export const COMMAND_DAYS = 1;

/**
 * The effect of a door's command: once for each subject, route and key, for a day. Each key is an owner of its own, so
 * that the commands of a busy caller, an operator's for one, lie in as many partitions as there are keys.
 */
export const command = async (
  { name }: Pick<RouteDefinition, 'name'>,
  { caller, idempotencyKey, path, body }: Command,
): Promise<Effect> => ({
  owner: `${caller.subject} ${name} ${idempotencyKey}`,
  name: 'command',
  keepDays: COMMAND_DAYS,
  fingerprint: await fingerprintOf(path === undefined ? body : { path, body }),
});
