/** Test help: the real machine over the real use cases, on Step Functions in memory. */

import type { Clock } from '../../shared/testing/asl/clock.ts';
import { execute, type Report } from '../../shared/testing/asl/interpreter.ts';
import type { TaskTokens } from '../../shared/testing/asl/tokens.ts';
import type { Machine } from '../../statemachines/asl.ts';
import { payment } from '../../statemachines/paytm-saga/payment.machine.ts';
import type { SagaInput, WaitForBank } from './contract.ts';
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

export interface Execution {
  /** `<payment>.<n>` */
  readonly executionId: string;
  readonly input: SagaInput;
  readonly clock: Clock;
  /** Calls a Lambda. What it throws is known to Retry and Catch by its name. */
  readonly invoke: (task: TaskName, event: TaskEvent) => Promise<unknown>;
  /** Takes a message with a task token. @default there is no queue */
  readonly send?: (message: WaitForBank) => Promise<unknown>;
  readonly tokens?: TaskTokens;
  /** Sees every edge as it is taken, also of an execution that never ends. */
  readonly took?: (edge: string) => unknown;
  readonly machine?: Machine;
}

/**
 * One execution, from StartAt to its end.
 *
 * @throws {EngineKilled} `invoke` threw it
 */
export const executed = ({
  machine = payment,
  executionId,
  input,
  invoke,
  send,
  ...rest
}: Execution): Promise<Report> =>
  execute(
    machine,
    { name: executionId, input },
    {
      ...rest,
      // `${ReserveFunds}`: a template puts the function's name there.
      invoke: (name, event) => invoke(name.slice(2, -1) as TaskName, event as TaskEvent),
      ...(send ? { send: (_: string, message: unknown) => send(message as WaitForBank) } : {}),
    },
  );

/** How it ended: the name of the last state, or `failed with <error>`. */
export const endingOf = (report: Report): string => {
  if (report.status === 'SUCCEEDED') return report.path.at(-1) ?? '';
  return report.status === 'FAILED' ? `failed with ${report.error}` : report.status;
};
