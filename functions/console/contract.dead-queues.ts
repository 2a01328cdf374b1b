/** Whole queues of dead letters, sent back by SQS’s own task where that can, else letter by letter. */
import * as z from 'zod';
import { LETTERWISE, TASK_STATES, WAYS } from '../../shared/dead-letters/words.ts';
import { defineRoute } from '../../shared/http/index.ts';
import { LetterOutcome, QueueName, Rate } from './contract.dead-letters.ts';

/** SQS’s own task, which moves a whole queue; its counts are estimates. */
const MoveTaskView = z.object({
  state: z.enum(TASK_STATES),
  moved: z.number().int(),
  /** So many lay there when it began. */
  toMove: z.number().int(),
  /** Why it `failed`, in SQS’s words. */
  reason: z.string().optional(),
});

/** What became of a whole queue. */
export const QueueOutcome = z.object({
  dryRun: z.boolean(),
  queue: z.string(),
  way: z.enum(WAYS),
  /** Why it went letter by letter. */
  because: z.enum(LETTERWISE).optional(),
  /** So many were sent back, or would be. */
  moved: z.number().int(),
  /** While it is `running`, the same call again tells how far it is. */
  task: MoveTaskView.optional(),
  /** Each letter that was sent by itself; SQS’s task names none. */
  items: z.array(LetterOutcome),
});
export type QueueOutcome = z.infer<typeof QueueOutcome>;

const ofQueue = z.object({ queue: QueueName });

export const deadQueueRoutes = {
  redriveDeadQueue: defineRoute({
    name: 'redrive-dead-queue',
    method: 'POST',
    path: '/dead-letters/queues/{queue}/redrives',
    summary:
      'Sends a whole queue back: by SQS’s own task where that can, else letter by letter. While a task runs, the same call tells how far it is.',
    access: { roles: ['operator'] },
    request: {
      path: ofQueue,
      body: z.strictObject({
        ratePerSecond: Rate,
        dryRun: z.boolean().default(false),
        /** Letter by letter in any case: the task of SQS makes new messages, and asks no consumer’s record. */
        keepTrails: z.boolean().default(false),
        /** Only tells how far the newest task of SQS is, where there is one, so that one that was stopped stays so. */
        follow: z.boolean().default(false),
      }),
    },
    answers: { 200: QueueOutcome },
    errors: [],
  }),
  stopDeadQueue: defineRoute({
    name: 'stop-dead-queue',
    method: 'POST',
    path: '/dead-letters/queues/{queue}/stops',
    summary:
      'Stops SQS’s own task that sends a queue back. What it has moved stays moved; where none runs it is 404.',
    access: { roles: ['operator'] },
    request: { path: ofQueue },
    answers: { 200: MoveTaskView },
    errors: [],
  }),
} as const;
