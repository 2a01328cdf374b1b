/** Work that goes on at a time, and the executions of machines that it waits for. */
import { paginateListExecutions, type SFNClient } from '@aws-sdk/client-sfn';
import { waitFor } from '../../shared/testing/index.ts';

/** Between two looks; one look is for all who wait. */
const LOOK_EVERY_MS = 50;

/**
 * Waits for executions of one machine without asking for each: one list of what runs, for all who wait. Whoever waits
 * for an execution knows that it was started.
 */
export const executionsOf = (client: SFNClient, stateMachineArn: string) => {
  let looked: Promise<ReadonlySet<string>> | undefined;
  const look = async (): Promise<ReadonlySet<string>> => {
    const names = new Set<string>();
    for await (const { executions = [] } of paginateListExecutions(
      { client },
      { stateMachineArn, statusFilter: 'RUNNING', maxResults: 1_000 },
    )) {
      for (const { name = '' } of executions) names.add(name);
    }
    return names;
  };
  /** Looks that begin while one is under way would tell the same. */
  const running = (): Promise<ReadonlySet<string>> => {
    looked ??= look().finally(() => {
      looked = undefined;
    });
    return looked;
  };
  return {
    /** Until no execution `<id>.<n>` runs. A look that was under way when it was started does not count. */
    async over(id: string, timeoutMs: number): Promise<void> {
      await looked;
      await waitFor(async () => ![...(await running())].some((name) => name.startsWith(`${id}.`)), {
        what: `${id} to end`,
        timeoutMs,
        everyMs: LOOK_EVERY_MS,
      });
    },
  };
};
