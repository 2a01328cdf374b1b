/** Test help: walks the real machine over the real use cases, as Step Functions does with what the house allows. */
import { evaluated, type Scope } from '../../shared/testing/asl/expression.ts';
import type { Machine, State } from '../../statemachines/asl.ts';
import { payment as paymentMachine } from '../../statemachines/paytm-saga/payment.machine.ts';
import type { SagaInput } from './contract.ts';
import { checkFraudStep } from './steps/check-fraud.ts';
import { checkKycStep } from './steps/check-kyc.ts';
import { close } from './steps/close.ts';
import { notifyMerchantStep } from './steps/notify-merchant.ts';
import { park } from './steps/park.ts';
import { processPaymentStep } from './steps/process-payment.ts';
import { refundCharge } from './steps/refund-charge.ts';
import { releaseHold } from './steps/release-hold.ts';
import { reserveFundsStep } from './steps/reserve-funds.ts';
import { resume } from './steps/resume.ts';
import { sendReceiptStep } from './steps/send-receipt.ts';
import { settleMerchantStep } from './steps/settle-merchant.ts';
import { turnBack } from './steps/turn-back.ts';
import { updateAnalyticsStep } from './steps/update-analytics.ts';
import { validateMerchantStep } from './steps/validate-merchant.ts';
import { validateUserStep } from './steps/validate-user.ts';

type TaskState = Extract<State<string>, { readonly Type: 'Task' }>;
type ChoiceState = Extract<State<string>, { readonly Type: 'Choice' }>;

/** A Lambda of the machine: a use case that waits for its ports, whichever they are. */
export type Task = (ports: never) => (input: never, context: never) => Promise<unknown>;

/** Every Lambda, by the placeholder that the machine has for it. */
export const TASKS = {
  Resume: resume,
  ValidateUser: validateUserStep,
  CheckKyc: checkKycStep,
  ValidateMerchant: validateMerchantStep,
  CheckFraud: checkFraudStep,
  ReserveFunds: reserveFundsStep,
  ProcessPayment: processPaymentStep,
  SettleMerchant: settleMerchantStep,
  NotifyMerchant: notifyMerchantStep,
  SendReceipt: sendReceiptStep,
  UpdateAnalytics: updateAnalyticsStep,
  TurnBack: turnBack,
  RefundCharge: refundCharge,
  ReleaseHold: releaseHold,
  Close: close,
  Park: park,
} as const;

export type TaskName = keyof typeof TASKS;

/** What a Lambda is called with. */
export interface TaskEvent {
  readonly context: {
    readonly executionId: string;
    readonly state: string;
    readonly retryCount: number;
    readonly enteredAt: string;
    readonly correlationId: string;
  };
  readonly input: object;
}

export interface Walk {
  /** `<payment>.<n>` */
  readonly executionId: string;
  readonly input: SagaInput;
  readonly now: () => number;
  /** Calls a Lambda. What it throws is known to Retry and Catch by its name. */
  readonly invoke: (task: TaskName, event: TaskEvent) => Promise<unknown>;
  /** Sees every way from state to state (`Route → Close`), and `Close again` for a retry. */
  readonly went?: (way: string) => unknown;
  readonly machine?: Machine;
}

/** The engine itself dies: neither Retry nor Catch sees it, and the execution just ends. */
export class EngineDied extends Error {
  override readonly name = 'EngineDied';
}

/**
 * One execution from `StartAt` to its end, without its waits: the name of the last state, or `failed with <error>`.
 * Every expression is evaluated by JSONata itself.
 *
 * @throws {EngineDied} `invoke` threw it
 */
export const walk = async ({ machine = paymentMachine, ...execution }: Walk): Promise<string> => {
  const states: { readonly [name: string]: State<string> } = machine.States;
  let name: string = machine.StartAt;
  let entered: Entered = { execution, variables: {}, input: execution.input };
  for (;;) {
    const state = states[name];
    if (state === undefined || state.Type === 'Pass') throw new TypeError(`the walker knows no ${name}`);
    if (state.Type === 'Succeed' || state.Type === 'Fail') return name;
    const left = await (state.Type === 'Choice' ? chosen(state, name, entered) : done(state, name, entered));
    if ('failed' in left) return `failed with ${left.failed}`;
    execution.went?.(`${name} → ${left.next}`);
    name = left.next;
    entered = { execution, input: left.output, variables: { ...entered.variables, ...left.assigned } };
  }
};

/** What a state is entered with. */
interface Entered {
  readonly execution: Omit<Walk, 'machine'>;
  readonly input: unknown;
  readonly variables: { readonly [name: string]: unknown };
}
type Left =
  | { readonly next: string; readonly output: unknown; readonly assigned?: object }
  | { readonly failed: string };

const scopeOf = (
  { execution: { executionId, input: Input, now }, input, variables }: Entered,
  Name: string,
  { RetryCount = 0, ...rest }: { RetryCount?: number; result?: unknown } = {},
): Scope => {
  const State = { Name, RetryCount, EnteredTime: new Date(now()).toISOString() };
  return {
    now,
    variables,
    states: { input, context: { Execution: { Name: executionId, Input }, State }, ...rest },
  };
};

const chosen = async ({ Choices, Default }: ChoiceState, name: string, entered: Entered): Promise<Left> => {
  const scope = scopeOf(entered, name);
  for (const { Condition, Output = entered.input, Next } of Choices) {
    if ((await evaluated(Condition, scope)) === true)
      return { next: Next, output: await evaluated(Output, scope) };
  }
  return { next: Default, output: entered.input };
};

const done = async (state: TaskState, name: string, entered: Entered): Promise<Left> => {
  try {
    const result = { Payload: await withRetries(state, name, entered) };
    const assigned = await evaluated(state.Assign ?? {}, scopeOf(entered, name, { result }));
    return { next: state.Next, output: result, assigned: assigned as object };
  } catch (caught) {
    if (caught instanceof EngineDied || !(caught instanceof Error)) throw caught;
    const catcher = state.Catch?.find(({ ErrorEquals }) => isOneOf(ErrorEquals, caught.name));
    if (catcher === undefined) return { failed: caught.name };
    // As a Lambda's error arrives: the cause is JSON with the message in it.
    const Cause = JSON.stringify({ errorMessage: caught.message });
    return { next: catcher.Next, output: { Error: caught.name, Cause } };
  }
};

const withRetries = async (state: TaskState, name: string, entered: Entered): Promise<unknown> => {
  const { invoke, went } = entered.execution;
  const { FunctionName, Payload } = state.Arguments;
  for (let RetryCount = 0; ; RetryCount += 1) {
    const event = (await evaluated(Payload, scopeOf(entered, name, { RetryCount }))) as TaskEvent;
    try {
      return await invoke(FunctionName.slice(2, -1) as TaskName, event);
    } catch (caught) {
      const error = caught instanceof Error ? caught.name : '';
      const retrier = state.Retry?.find(({ ErrorEquals }) => isOneOf(ErrorEquals, error));
      if (retrier === undefined || RetryCount >= retrier.MaxAttempts) throw caught;
      went?.(`${name} again`);
    }
  }
};

const isOneOf = (names: readonly string[], name: string): boolean =>
  names.includes(name) || names.includes('States.ALL');

/** Every way that a machine has, as {@link Walk.went} names it. */
export const waysOf = (machine: Machine): string[] =>
  Object.entries<State<string>>(machine.States).flatMap(([name, state]) => {
    if (state.Type === 'Choice') {
      return [...state.Choices.map(({ Next }) => Next), state.Default].map((to) => `${name} → ${to}`);
    }
    if (state.Type !== 'Task') return [];
    const caught = (state.Catch ?? []).map(({ Next }) => `${name} → ${Next}`);
    return [`${name} → ${state.Next}`, ...caught, ...(state.Retry ? [`${name} again`] : [])];
  });
