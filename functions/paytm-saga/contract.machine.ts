/** What the machine and its Lambdas say to each other. */
import * as z from 'zod';
import { PaymentId } from './contract.views.ts';

/** What every execution of the machine is started with: nothing but names. */
export const SagaInput = z.object({
  payment: PaymentId,
  correlationId: z.string(),
  traceparent: z.string(),
});
export type SagaInput = z.infer<typeof SagaInput>;
/** As {@link SagaInput}, with the error that brought the machine here, where one did. */
export const SagaInputWithError = SagaInput.extend({
  error: z.string().optional(),
  cause: z.string().optional(),
});
export type SagaInputWithError = z.infer<typeof SagaInputWithError>;

/** What the machine sends when it waits for the bank; the token never leaves the system. */
export const WaitForBank = z.object({
  context: z.object({ executionId: z.string().min(1), enteredAt: z.string().min(1) }),
  input: SagaInput,
  token: z.string().min(1),
});
export type WaitForBank = z.infer<typeof WaitForBank>;

/** Names of refusals and faults that a task of the machine may throw, besides the house's own. */
export const taskErrors = [
  'UserBlockedError',
  'KycRequiredError',
  'ManualReviewRequiredError',
  'MerchantSuspendedError',
  'MerchantLimitError',
  'MerchantDailyLimitError',
  'FraudSuspectedError',
  'InsufficientFundsError',
  'PaymentDeclinedError',
  'UpiCollectEndedError',
  'SettlementFrozenError',
  'DeadlinePassedError',
  'SagaTurnedError',
  'SupersededError',
  'ForeignExecutionError',
] as const;
