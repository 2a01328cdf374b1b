import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { sfnClient } from '../../../shared/aws/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import type { Tokens } from '../domain/ports.ts';

/** Its wait is over, its execution has ended, or the engine was started anew since. */
const WAITS_NO_MORE: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Wakes executions of the machine. */
export const tokensPort = (): Tokens => {
  const sfn = sfnClient();
  return {
    async wake(taskToken) {
      try {
        await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
      } catch (error) {
        if (!(error instanceof Error && WAITS_NO_MORE.has(error.name))) throw error;
        logger().info('whoever waited has gone on already', { errorName: error.name });
      }
    },
  };
};
