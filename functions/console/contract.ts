/**
 * What the console reads of the city: which systems there are, what their state machines did, what they told, and which
 * messages wait for a person. But for sending those back, and letting an execution go on, it changes nothing; what a person
 * does in it goes through the doors of the system that it is about.
 */
import * as z from 'zod';
import { defineRoute, page } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { cityEventRoutes } from './contract.city-events.ts';
import { lookers, Payload } from './contract.common.ts';
import { deadLetterRoutes } from './contract.dead-letters.ts';
import { deadQueueRoutes } from './contract.dead-queues.ts';
import { stateRoutes } from './contract.state.ts';

export * from './contract.city-events.ts';
export { Payload } from './contract.common.ts';
export * from './contract.dead-letters.ts';
export * from './contract.dead-queues.ts';
export * from './contract.state.ts';

/** The name of a state machine, as its stack gives it: `paytm-saga-payment`. */
export const MachineName = z.string().regex(/^[a-z][a-z0-9-]{1,79}$/, {
  error: phrase({
    en: 'the name of a state machine: small English letters, digits or -, a letter first',
    hi: 'किसी स्टेट मशीन का नाम: छोटे अंग्रेज़ी अक्षर, अंक या -, पहले एक अक्षर',
  }),
});
export type MachineName = z.infer<typeof MachineName>;

/** The name of an execution. One of a saga is `<saga>.<number>`. */
export const RunName = z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/, {
  error: phrase({
    en: 'the name of an execution: 1 to 80 English letters, digits or _.-',
    hi: 'किसी एक्ज़ीक्यूशन का नाम: 1 से 80 अंग्रेज़ी अक्षर, अंक या _.-',
  }),
});
export type RunName = z.infer<typeof RunName>;

/** The statuses that can be asked for, in the order in which they are shown. */
export const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** A queue of a system, and where its messages go that cannot be worked off. */
export const QueueView = z.object({
  name: z.string(),
  deadLetters: z.string().optional(),
  consumer: z.string().optional(),
  /** Types of events that come into it from the bus; `*` for every one. */
  hears: z.array(z.string()).optional(),
  /** Where its consumer has a record of each message that it worked on; absent where it keeps none. */
  remembers: z.object({ table: z.string(), owner: z.string(), name: z.string() }).optional(),
});

/** What a system consists of, as its stack says. Its doors are in its own `/openapi.json`. */
export const SystemView = z.object({
  name: z.string(),
  /** Where its API answers, without a slash at the end; absent where it has none. */
  url: z.string().optional(),
  functions: z.array(z.string()),
  queues: z.array(QueueView),
  /** Absent where its stack is older than this door. */
  tables: z.array(z.string()).optional(),
  machines: z.array(z.string()),
  alarms: z.array(z.string()),
  /** Types of events that it tells, and that it hears; `*` hears every one. */
  events: z.object({ out: z.array(z.string()), in: z.array(z.string()) }),
});
export type SystemView = z.infer<typeof SystemView>;

/** How many executions have a status. */
export const RunCount = z.object({
  status: z.string(),
  count: z.number().int(),
  /** There are more than were counted. */
  more: z.boolean(),
});
export type RunCount = z.infer<typeof RunCount>;

export const MachineView = z.object({
  name: MachineName,
  system: z.string(),
  /** In the order of {@link STATUSES}. */
  runs: z.array(RunCount),
});
export type MachineView = z.infer<typeof MachineView>;

export const MachineDetail = z.object({
  name: MachineName,
  system: z.string(),
  /** The deployed definition, in Amazon States Language, as text. */
  definition: z.string(),
  createdAt: z.iso.datetime(),
});
export type MachineDetail = z.infer<typeof MachineDetail>;

/** One execution. Statuses are those of Step Functions; one that is not known here is shown as it is. */
export const RunView = z.object({
  name: z.string(),
  /** What it is about, `payment_…`, and which execution of it this is; absent where the name says neither. */
  saga: z.string().optional(),
  number: z.number().int().optional(),
  status: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
});
export type RunView = z.infer<typeof RunView>;

export const RunDetail = RunView.extend({
  machine: MachineName,
  input: Payload.optional(),
  output: Payload.optional(),
  /** Why it failed: the name of the error, and what it says. */
  error: z.string().optional(),
  cause: Payload.optional(),
});
export type RunDetail = z.infer<typeof RunDetail>;

/** Step Functions lets an execution that did not end well go on for so many days after its end, and no longer. */
export const REDRIVABLE_DAYS = 14;

export const RedrivenRun = RunDetail.extend({
  /** When Step Functions let it go on; asked again under the same key, the first time. */
  redrivenAt: z.iso.datetime(),
});
export type RedrivenRun = z.infer<typeof RedrivenRun>;

/** One event of an execution’s history. */
export const RunEvent = z.object({
  id: z.number().int(),
  previous: z.number().int(),
  at: z.iso.datetime(),
  /** `TaskStateEntered`; a type that nobody knows yet is shown as it is. */
  type: z.string(),
  /** What the event says beside its payloads: names, resources, the name of an error. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** `input`, `output`, `parameters`, `cause`. */
  payloads: z.record(z.string(), Payload),
});
export type RunEvent = z.infer<typeof RunEvent>;

const Cursor = z.string().min(1).max(4096);

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.4.0',
  summary:
    'What the console in the browser reads: systems and how they do, state machines and what their executions did, events of the city, dead letters.',
};

export const routes = {
  listSystems: defineRoute({
    name: 'list-systems',
    method: 'GET',
    path: '/systems',
    summary: 'The systems that are deployed, and what each consists of.',
    access: lookers,
    request: {},
    answers: { 200: z.object({ items: z.array(SystemView) }) },
    errors: [],
  }),
  listMachines: defineRoute({
    name: 'list-machines',
    method: 'GET',
    path: '/machines',
    summary: 'The state machines of the city, and how many executions of each have which status.',
    access: lookers,
    request: {},
    answers: { 200: z.object({ items: z.array(MachineView) }) },
    errors: [],
  }),
  getMachine: defineRoute({
    name: 'get-machine',
    method: 'GET',
    path: '/machines/{machine}',
    summary: 'A state machine with its definition as it is deployed.',
    access: lookers,
    request: { path: z.object({ machine: MachineName }) },
    answers: { 200: MachineDetail },
    errors: [],
  }),
  listRuns: defineRoute({
    name: 'list-runs',
    method: 'GET',
    path: '/machines/{machine}/runs',
    summary:
      'Executions, newest first, by page: all, those of one status, or all of one saga (`payment_…`), which are few and no page.',
    access: lookers,
    request: {
      path: z.object({ machine: MachineName }),
      query: z.object({
        status: z.enum(STATUSES).optional(),
        saga: RunName.optional(),
        cursor: Cursor.optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
    },
    answers: { 200: page(RunView, Cursor) },
    errors: [],
  }),
  getRun: defineRoute({
    name: 'get-run',
    method: 'GET',
    path: '/machines/{machine}/runs/{run}',
    summary: 'One execution: when, how it ended, what went in and came out.',
    access: lookers,
    request: { path: z.object({ machine: MachineName, run: RunName }) },
    answers: { 200: RunDetail },
    errors: [],
  }),
  listRunEvents: defineRoute({
    name: 'list-run-events',
    method: 'GET',
    path: '/machines/{machine}/runs/{run}/events',
    summary: 'The history of an execution by page, from its beginning or from its end.',
    access: lookers,
    request: {
      path: z.object({ machine: MachineName, run: RunName }),
      query: z.object({
        from: z.enum(['beginning', 'end']).default('beginning'),
        cursor: Cursor.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    },
    answers: { 200: page(RunEvent, Cursor) },
    errors: [],
  }),
  getRunEvent: defineRoute({
    name: 'get-run-event',
    method: 'GET',
    path: '/machines/{machine}/runs/{run}/events/{event}',
    summary: 'One event of a history, its payloads whole.',
    access: lookers,
    request: {
      path: z.object({
        machine: MachineName,
        run: RunName,
        event: z.coerce.number().int().min(1).max(25_000),
      }),
    },
    answers: { 200: RunEvent },
    errors: [],
  }),
  redriveRun: defineRoute({
    name: 'redrive-run',
    method: 'POST',
    path: '/machines/{machine}/runs/{run}/redrives',
    summary:
      'Lets an execution that failed, timed out or was stopped go on with what did not succeed, under its own name; what was done before is kept.',
    access: { roles: ['operator'] },
    idempotent: 'key',
    request: { path: z.object({ machine: MachineName, run: RunName }) },
    answers: { 202: RedrivenRun },
    errors: ['RunGoesOnError', 'RunTooOldError', 'NotRedrivableError'],
  }),
  ...cityEventRoutes,
  ...stateRoutes,
  ...deadLetterRoutes,
  ...deadQueueRoutes,
} as const;
