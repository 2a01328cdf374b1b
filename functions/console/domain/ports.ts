/** What the console asks of the cloud that it runs in. */
import type { DeadLetters } from '../../../shared/dead-letters/index.ts';
import type { WorkRecord } from '../../../shared/dead-letters/queues.ts';
import type { MachineDetail, RunCount, RunDetail, SystemView } from '../contract.ts';

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

export interface ConsolePorts {
  readonly machines: StateMachines;
  /** The systems that are deployed, by name. */
  readonly systems: () => Promise<readonly SystemView[]>;
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
