/** SQS's own task, which moves the messages of a dead-letter queue back to the queues that they came from. */
import {
  CancelMessageMoveTaskCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { NotFoundError } from '../errors/index.ts';
import { type HoldPorts, urlOf } from './holding.ts';
import type { TASK_STATES } from './words.ts';

/** How far a task is, as SQS says; its counts are estimates and may lag behind its state. */
export interface MoveTask {
  readonly state: (typeof TASK_STATES)[number];
  readonly moved: number;
  /** So many lay there when it began. */
  readonly toMove: number;
  /** Why it `failed`, in SQS's words. */
  readonly reason?: string;
}

export interface MoveTasks {
  /** The newest task of the queue; undefined where it never had one, or SQS knows no tasks. */
  newest(): Promise<MoveTask | undefined>;
  /**
   * Starts a task, or finds the one that runs: a queue has one at a time.
   * @returns the name of SQS's error where it refuses: it has no such action, or the queue is nobody's dead-letter queue
   */
  start(ratePerSecond: number): Promise<MoveTask | { readonly refused: string }>;
  /** Stops the task that runs. What it has moved stays moved. @throws {NotFoundError} none runs */
  stop(): Promise<MoveTask>;
}

/** The tasks of one queue. @throws {QueueDoesNotExist} there is no such queue */
export const moveTasks = ({ client, queue }: Pick<HoldPorts, 'client' | 'queue'>): MoveTasks => {
  const arn = async (): Promise<string> => {
    const QueueUrl = await urlOf(client, queue);
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
    return (await client.send(asked)).Attributes?.QueueArn ?? '';
  };
  const latest = async (SourceArn: string) => {
    const asked = new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 });
    const { Results: [result] = [] } = await client.send(asked);
    return result && { handle: result.TaskHandle, task: taskOf(result) };
  };
  return {
    newest: async () => {
      try {
        return (await latest(await arn()))?.task;
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },
    start: async (ratePerSecond) => {
      const SourceArn = await arn();
      const asked = { SourceArn, MaxNumberOfMessagesPerSecond: ratePerSecond };
      try {
        await client.send(new StartMessageMoveTaskCommand(asked));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // Somebody else's may have begun a moment ago.
        const running = error.name === 'UnsupportedOperation' ? await latest(SourceArn) : undefined;
        return running?.task.state === 'running' ? running.task : { refused: error.name };
      }
      return (await latest(SourceArn))?.task ?? { state: 'running', moved: 0, toMove: 0 };
    },
    stop: async () => {
      const SourceArn = await arn();
      const found = await latest(SourceArn);
      if (found?.handle === undefined) throw new NotFoundError({ what: 'move task', id: queue });
      await client.send(new CancelMessageMoveTaskCommand({ TaskHandle: found.handle }));
      return (await latest(SourceArn))?.task ?? found.task;
    },
  };
};

/** No such action; no dead-letter queue of another; one runs already, or the kind of queue cannot. */
const REFUSALS: ReadonlySet<string> = new Set([
  'InvalidAction',
  'InvalidParameterValue',
  'UnsupportedOperation',
]);

const isRefusal = (error: unknown): error is Error => error instanceof Error && REFUSALS.has(error.name);

const taskOf = (result: {
  readonly Status?: string | undefined;
  readonly ApproximateNumberOfMessagesMoved?: number | undefined;
  readonly ApproximateNumberOfMessagesToMove?: number | undefined;
  readonly FailureReason?: string | undefined;
}): MoveTask => ({
  // SQS says CANCELLING for a moment, too: it moves nothing new by then.
  state: STATES[result.Status ?? ''] ?? 'running',
  moved: result.ApproximateNumberOfMessagesMoved ?? 0,
  toMove: result.ApproximateNumberOfMessagesToMove ?? 0,
  ...(result.FailureReason === undefined ? {} : { reason: result.FailureReason }),
});

const STATES: { readonly [status: string]: MoveTask['state'] } = {
  ...{ COMPLETED: 'completed', FAILED: 'failed', CANCELLED: 'stopped', CANCELLING: 'stopped' },
};
