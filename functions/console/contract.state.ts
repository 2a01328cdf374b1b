/** How a system does at the moment, as CloudWatch, SQS and DynamoDB say it. What they do not say is absent, and never 0. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { lookers } from './contract.common.ts';

/** The name of a system: `paytm-saga`. */
export const SystemName = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, {
  error: phrase({
    en: 'the name of a system: small English letters, digits or -, a letter first',
    hi: 'किसी सिस्टम का नाम: छोटे अंग्रेज़ी अक्षर, अंक या -, पहले एक अक्षर',
  }),
});

/** A function, over the time that the answer names. All is absent for one that was not called. */
export const FunctionState = z.object({
  name: z.string(),
  invocations: z.number().int().optional(),
  errors: z.number().int().optional(),
  throttles: z.number().int().optional(),
  /** Milliseconds, of all invocations together. */
  meanMs: z.number().optional(),
  maxMs: z.number().optional(),
});
export type FunctionState = z.infer<typeof FunctionState>;

/** How many messages a queue holds now, about: SQS counts approximately. All is absent for one that is not there. */
export const QueueDepth = z.object({
  name: z.string(),
  visible: z.number().int().optional(),
  /** Handed to somebody who has not said that it is done. */
  inFlight: z.number().int().optional(),
  delayed: z.number().int().optional(),
});
export type QueueDepth = z.infer<typeof QueueDepth>;

export const QueueState = QueueDepth.extend({
  /** How long the oldest message waits, as of the last five minutes; absent where none waits. */
  oldestSeconds: z.number().optional(),
});
export type QueueState = z.infer<typeof QueueState>;

/** A table now, but for what DynamoDB counts: it does that about every six hours. All is absent for one that is not there. */
export const TableState = z.object({
  name: z.string(),
  /** `ACTIVE`; one that nobody knows yet is shown as it is. */
  status: z.string().optional(),
  items: z.number().int().optional(),
  bytes: z.number().int().optional(),
  /** Whether it tells its changes to a stream. */
  stream: z.boolean().optional(),
});
export type TableState = z.infer<typeof TableState>;

export const AlarmState = z.object({
  name: z.string(),
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`; absent where there is no such alarm (yet, or any more). */
  state: z.string().optional(),
  reason: z.string().optional(),
  /** Since when it is in this state. */
  since: z.iso.datetime().optional(),
});
export type AlarmState = z.infer<typeof AlarmState>;

export const SystemState = z.object({
  system: z.string(),
  /** Of what time the functions tell: an hour, begun on five full minutes. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  functions: z.array(FunctionState),
  /** Those of dead letters too. */
  queues: z.array(QueueState),
  /** Absent where the system's stack does not say which it has. */
  tables: z.array(TableState).optional(),
  alarms: z.array(AlarmState),
});
export type SystemState = z.infer<typeof SystemState>;

export const QueueDepths = z.object({
  system: z.string(),
  /** Those of dead letters too. */
  queues: z.array(QueueDepth),
});
export type QueueDepths = z.infer<typeof QueueDepths>;

export const stateRoutes = {
  getQueueDepths: defineRoute({
    name: 'get-queue-depths',
    method: 'GET',
    path: '/systems/{system}/queues',
    summary:
      'How many messages the queues of a system hold now: of SQS alone, so that it may be asked often.',
    access: lookers,
    request: { path: z.object({ system: SystemName }) },
    answers: { 200: QueueDepths },
    errors: [],
  }),
  getSystemState: defineRoute({
    name: 'get-system-state',
    method: 'GET',
    path: '/systems/{system}/state',
    summary: 'How a system does: its functions over the last hour, its queues, tables and alarms now.',
    access: lookers,
    request: { path: z.object({ system: SystemName }) },
    answers: { 200: SystemState },
    errors: [],
  }),
} as const;
