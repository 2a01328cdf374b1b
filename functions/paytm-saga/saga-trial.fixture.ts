/** Test help: what is asked of the saga in one sequence, what goes wrong, and what is written down of it. */
import type { Change, EffectStore, memoryStore } from '../../shared/effects/index.ts';
import type { TaskTokens } from '../../shared/testing/asl/tokens.ts';
import type { fixedClock, Gate, Schedule } from '../../shared/testing/index.ts';
import type { Machine } from '../../statemachines/asl.ts';
import type { BankOptions, memoryBank } from './bank.fixture.ts';
import type { hearBank } from './consumers/hear-bank.ts';
import type { SweepPorts, sweep } from './consumers/sweep.ts';
import type { PaymentId } from './contract.ts';
import type { Bank, Tokens } from './domain/ports.ts';
import type { ResumePorts } from './doors/resume-payment.ts';
import type { Task, TaskName } from './machine.fixture.ts';
import type { memoryParking } from './parking.fixture.ts';
import type { Weather } from './unsteady-ports.fixture.ts';

/** What is wrong with a product, for a law to find. */
export interface Defect {
  readonly store?: (store: EffectStore) => EffectStore;
  readonly bank?: (bank: Bank, executionId: string) => Bank;
  readonly bankOptions?: BankOptions;
  readonly tasks?: { readonly [name in TaskName]?: Task };
  readonly sweep?: typeof sweep;
  readonly hearBank?: typeof hearBank;
  readonly machine?: Machine;
}

/** One sequence: what is asked, what goes wrong, and who goes on when. */
export interface Trial extends Weather {
  /** Decides at every call of a port. 0 is always the plainest. */
  readonly choices: readonly number[];
  /** One call in so many meets each kind of fault, roughly. */
  readonly faultIn: number;
  readonly method: 'upi' | 'paytm_wallet';
  /** Payments of Rs 1,500 each by the same payer. */
  readonly payments: 1 | 2;
  /** What the wallet holds, in paise. */
  readonly wallet: number;
  readonly declines: boolean;
  /** What the payer does who is asked to approve; `at once` is a card that nobody is asked for. */
  readonly payer: 'at once' | 'approves' | 'declines' | 'silent';
  /** When the payer answers, in moments after being asked, and when money that settles late comes. */
  readonly answersAfter: number;
  /** Captures settle late. */
  readonly settlesLate: boolean;
  /** The answers of this Lambda never arrive until the faults stop, whatever it does. */
  readonly mute: TaskName | null;
  /** So many messages of an execution that waits for the bank cannot be sent. */
  readonly unsent: number;
  /** The operator freezes the merchant's settlement account: sooner or later, as more moments are let pass. */
  readonly freezeAfter: number | null;
  /** The deadline passes, likewise. */
  readonly lateAfter: number | null;
  /** When the sweeper comes while the faults last, likewise. */
  readonly sweepsAfter: readonly number[];
  /** The sweeper takes running executions for ended, so that two of one payment run at once. */
  readonly impatient: boolean;
  /** When an operator lets the first payment go on, whether it needs attention or not. */
  readonly resumesAfter: readonly number[];
  readonly defect?: Defect;
}

/** What is written down of one sequence, for the laws. */
export interface Seen {
  readonly trial: Trial;
  readonly store: ReturnType<typeof memoryStore>;
  readonly bank: ReturnType<typeof memoryBank>;
  readonly payments: readonly PaymentId[];
  /** The transactions that happened, in their order. */
  readonly journal: (readonly Change[])[];
  readonly parking: ReturnType<typeof memoryParking>;
  /** Errors that no use case may throw. */
  readonly surprises: string[];
  /** Calls of the bank by Lambdas that had not asked what became of an earlier one, as `hold <key>`. */
  readonly blind: string[];
  /** What came of letting each payment go on that needed attention: how many executions, how many refusals. */
  readonly resumes: { readonly id: PaymentId; readonly executions: number; readonly refused: number }[];
  /** The edges of the machine that executions took, by the names of `edgesOf`. */
  readonly edges: Set<string>;
  readonly world: Schedule<unknown>;
}

/** A sequence under way. */
export interface City extends Seen {
  readonly clock: ReturnType<typeof fixedClock>;
  /** The store, with its transactions written down. */
  readonly journalled: EffectStore;
  /** Fresh ports for one Lambda, each of their calls through its gate. */
  readonly portsThrough: (gate: Gate, executionId: string) => SweepPorts & ResumePorts & { tokens: Tokens };
  readonly tokens: TaskTokens;
  /** What the bank has to tell, and whom it asks, after the faults stopped. */
  readonly news: (() => Promise<unknown>)[];
  readonly executions: Map<string, 'running' | 'ended'>;
  /** Executions that were started after the faults stopped. */
  readonly waiting: Started[];
  calm: boolean;
}

/** An execution that was asked for. */
export interface Started {
  readonly id: PaymentId;
  readonly actor: number;
}
