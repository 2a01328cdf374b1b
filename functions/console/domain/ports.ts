/** What the console asks of the cloud that it runs in. */
import type { DeadLetters, MoveTasks } from '../../../shared/dead-letters/index.ts';
import type { WorkRecord } from '../../../shared/dead-letters/queues.ts';
import type {
  AlarmState,
  MachineDetail,
  QueueDepth,
  RunCount,
  RunDetail,
  SystemView,
  TableState,
} from '../contract.ts';
import type { KeptEvent } from './city-events.ts';
import type { Places } from './lanes.ts';
import type { Metric, Point } from './state.ts';

/** An event as Step Functions tells it: what every event has, and one object of details by its type. */
export interface HistoryEvent {
  readonly id?: number | undefined;
  readonly previousEventId?: number | undefined;
  readonly timestamp?: Date | undefined;
  readonly type?: string | undefined;
  readonly [details: string]: unknown;
}

/** One page, and where the next one begins if there is one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/** An execution by its own dates and texts. */
export interface Execution {
  readonly name: string;
  readonly status: string;
  readonly startedAt: Date;
  readonly endedAt?: Date | undefined;
}

export interface ExecutionDetail extends Execution {
  readonly input?: string | undefined;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** Step Functions, asked about a machine by its name. */
export interface StateMachines {
  /** How many executions have a status, as far as one look counts. */
  count(machine: string, status: RunCount['status']): Promise<Pick<RunCount, 'count' | 'more'>>;
  /** Undefined where there is no such machine (yet, or any more). */
  definition(machine: string): Promise<Pick<MachineDetail, 'definition' | 'createdAt'> | undefined>;
  /** Newest first. @throws {CursorRefused} the cursor is none of this list */
  runs(
    machine: string,
    page: {
      readonly status?: string | undefined;
      readonly cursor?: string | undefined;
      readonly limit: number;
    },
  ): Promise<Page<Execution>>;
  /** Undefined where there is no such execution. */
  run(machine: string, run: RunDetail['name']): Promise<ExecutionDetail | undefined>;
  /**
   * Lets an execution go on, and says when it did: for a quarter of an hour, the first time that it was asked with this key.
   * Undefined where there is no such execution. @throws {RedriveRefused} Step Functions does not let it go on
   */
  redrive(machine: string, run: RunDetail['name'], key: string): Promise<Date | undefined>;
  /** Undefined where there is no such execution. @throws {CursorRefused} the cursor is none of this history */
  events(
    machine: string,
    run: RunDetail['name'],
    page: { readonly backwards: boolean; readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<HistoryEvent> | undefined>;
}

/** A cursor that Step Functions did not make, or no longer knows. Whoever gave it starts from the beginning. */
export class CursorRefused extends Error {
  override readonly name = 'CursorRefused';
}

/** Step Functions does not let an execution go on; the execution itself tells why. */
export class RedriveRefused extends Error {
  override readonly name = 'RedriveRefused';
}

export interface SystemsPorts {
  /** The systems that are deployed, by name. */
  readonly systems: () => Promise<readonly SystemView[]>;
  /** Where each of them answers that has an API. */
  readonly addresses: () => Promise<ReadonlyMap<string, string>>;
}

export interface ConsolePorts extends Pick<SystemsPorts, 'systems'> {
  readonly machines: StateMachines;
}

/** What CloudWatch, SQS and DynamoDB know of a system. */
export interface Watch {
  /** The points of each metric, in the order of the metrics; none where CloudWatch has nothing. */
  points(
    metrics: readonly Metric[],
    time: { readonly from: Date; readonly to: Date },
  ): Promise<readonly (readonly Point[])[]>;
  /** How many messages a queue holds; nothing of one that is not there. */
  queue(name: string): Promise<Omit<QueueDepth, 'name'>>;
  /** What DynamoDB says of a table; nothing of one that is not there. */
  table(name: string): Promise<Omit<TableState, 'name'>>;
  /** One for each name, in their order. */
  alarms(names: readonly string[]): Promise<readonly AlarmState[]>;
}

export interface WatchPorts extends Pick<SystemsPorts, 'systems'> {
  readonly watch: Watch;
  readonly now: () => Date;
}

/** Which events of the city are asked for. */
export interface EventQuestion {
  /** @default of any subject */
  readonly subject?: string | undefined;
  readonly wanted: (event: KeptEvent) => boolean;
  readonly limit: number;
}

/** The events of the city, in the order in which they arrived. */
export interface CityEvents {
  /**
   * Keeps an event behind all others. One that is kept already changes nothing.
   * @throws {TransientError} others were faster until no time was left; again helps
   */
  keep(event: KeptEvent): Promise<void>;
  /** Undefined where it never came, or is older than they are kept. */
  find(id: string): Promise<KeptEvent | undefined>;
  /** Newest first, those under some places. @param places absent: from the newest on */
  before(
    places: Places | undefined,
    question: EventQuestion,
  ): Promise<{ readonly items: readonly KeptEvent[]; readonly tops: Places; readonly next?: Places }>;
  /** Oldest first, those that have come behind some places, and how far it has read. */
  after(
    places: Places,
    question: EventQuestion,
  ): Promise<{ readonly items: readonly KeptEvent[]; readonly seen: Places; readonly more: boolean }>;
}

/** What sends whole queues back. */
export interface MoveTaskPorts {
  /** SQS's own tasks of a queue, by its name. */
  readonly tasks: (queue: string) => MoveTasks;
}

/** What is asked about messages that wait for a person. */
export interface DeadLetterPorts extends Pick<ConsolePorts, 'systems'> {
  /** The dead letters of a queue, by its name. */
  readonly letters: (queue: string) => DeadLetters;
  /** Whether a consumer's record of its work is there. */
  readonly isThere: (record: WorkRecord) => Promise<boolean>;
  /** How many messages a queue has, in hand or not, as SQS counts them. */
  readonly countIn: (queue: string) => Promise<number>;
}
