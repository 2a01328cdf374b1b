import { HouseError } from '../../../shared/errors/index.ts';

// Literal names: class names do not survive minifying, and a name is what Catch, problem type and texts go by.

/** The operator blocked this payer. A retry cannot help. */
export class UserBlockedError extends HouseError<{ user: string }> {
  override readonly name = 'UserBlockedError';
  override readonly status = 403;
}

/** The amount needs a higher KYC than the payer has. A retry cannot help. */
export class KycRequiredError extends HouseError<{ needed: string; found: string }> {
  override readonly name = 'KycRequiredError';
  override readonly status = 403;
}

/** A large amount from a risky payer: a person has to look. A retry cannot help. */
export class ManualReviewRequiredError extends HouseError<{ risk: number }> {
  override readonly name = 'ManualReviewRequiredError';
  override readonly status = 403;
}

/** The operator suspended this merchant. A retry cannot help. */
export class MerchantSuspendedError extends HouseError<{ merchant: string }> {
  override readonly name = 'MerchantSuspendedError';
  override readonly status = 409;
}

/** More than one payment may bring a merchant. A retry cannot help. */
export class MerchantLimitError extends HouseError<{ limit: number; amount: number }> {
  override readonly name = 'MerchantLimitError';
  override readonly status = 422;
}

/** The merchant has been paid as much today as a day may bring. A retry helps from midnight on, in Asia/Kolkata. */
export class MerchantDailyLimitError extends HouseError<{ limit: number; taken: number; amount: number }> {
  override readonly name = 'MerchantDailyLimitError';
  override readonly status = 422;
}

/** The wallet may hold no more at this KYC, what is on its way into it counted. A retry helps after it was spent from. */
export class WalletLimitError extends HouseError<{ limit: number; held: number; amount: number }> {
  override readonly name = 'WalletLimitError';
  override readonly status = 422;
}

/** The wallet may take no more this month at this KYC. A retry helps next month, in Asia/Kolkata. */
export class WalletLoadLimitError extends HouseError<{ limit: number; loaded: number; amount: number }> {
  override readonly name = 'WalletLoadLimitError';
  override readonly status = 422;
}

/** The score is above what may pass. A retry cannot help. */
export class FraudSuspectedError extends HouseError<{ score: number; flags: string }> {
  override readonly name = 'FraudSuspectedError';
  override readonly status = 403;
}

/** The wallet does not hold the amount. A retry helps only after a top-up. */
export class InsufficientFundsError extends HouseError<{ needed: number; available: number }> {
  override readonly name = 'InsufficientFundsError';
  override readonly status = 409;
}

/** The payer's bank said no, with its code (NPCI's, where it has one). A retry cannot help. */
export class PaymentDeclinedError extends HouseError<{ code: string }> {
  override readonly name = 'PaymentDeclinedError';
  override readonly status = 402;
}

/** UPI collect has ended for this merchant and channel; a link or QR takes its place. A retry cannot help. */
export class UpiCollectEndedError extends HouseError<{ lastDay: string }> {
  override readonly name = 'UpiCollectEndedError';
  override readonly status = 422;
}

/** The merchant's settlement account is frozen: the pivot refuses, and the payment is compensated. */
export class SettlementFrozenError extends HouseError<{ merchant: string }> {
  override readonly name = 'SettlementFrozenError';
  override readonly status = 409;
}

/** An execution that is not named after the payment of its input: whoever started it did not raise its number. */
export class ForeignExecutionError extends HouseError<{ payment: string; execution: string }> {
  override readonly name = 'ForeignExecutionError';
}

/** A step came after the saga had turned back, or had ended. A retry cannot help. */
export class SagaTurnedError extends HouseError<{ payment: string }> {
  override readonly name = 'SagaTurnedError';
  override readonly status = 409;
}

/** The saga wanted to turn back, but the pivot has passed: the way is forward. */
export class PivotPassedError extends HouseError<{ payment: string }> {
  override readonly name = 'PivotPassedError';
  override readonly status = 409;
}

/** The payment or top-up does not wait for a person: it is under way, or has ended. A retry cannot help. */
export class NothingToResumeError extends HouseError<{ subject: string; status: string }> {
  override readonly name = 'NothingToResumeError';
  override readonly status = 409;
}

/** Only a payment that completed can be refunded; one that turned back has given everything back itself. A retry cannot help. */
export class PaymentNotCompletedError extends HouseError<{ payment: string; status: string }> {
  override readonly name = 'PaymentNotCompletedError';
  override readonly status = 409;
}

/** Less than that is left of the payment. A retry cannot help. */
export class RefundTooLargeError extends HouseError<{ payment: string; left: number }> {
  override readonly name = 'RefundTooLargeError';
  override readonly status = 422;
}

/** The refund has ended already. A retry cannot help, and nothing is lost. */
export class RefundEndedError extends HouseError<{ refund: string }> {
  override readonly name = 'RefundEndedError';
  override readonly status = 409;
}

/** This payer uses the reference for another payment already. A retry cannot help. */
export class ReferenceTakenError extends HouseError<{ reference: string }> {
  override readonly name = 'ReferenceTakenError';
  override readonly status = 409;
}

/** The payer has ended the link, or does not let a single payment be so much. A retry cannot help. */
export class LinkNotUsableError extends HouseError<{
  link: string;
  because: 'ended' | 'amount';
  upTo: number;
}> {
  override readonly name = 'LinkNotUsableError';
  override readonly status = 409;
}

/** The top-up has ended already. A retry cannot help, and nothing is lost. */
export class TopUpEndedError extends HouseError<{ topUp: string }> {
  override readonly name = 'TopUpEndedError';
  override readonly status = 409;
}

/** The day has not begun yet in Asia/Kolkata: there is nothing to reconcile. A retry helps once it has. */
export class DayNotBegunError extends HouseError<{ day: string }> {
  override readonly name = 'DayNotBegunError';
  override readonly status = 422;
}

/** What was read of a day does not balance, so it was not all of it. It is read again from the start. */
export class DayUnbalancedError extends HouseError<{ day: string; debits: number; credits: number }> {
  override readonly name = 'DayUnbalancedError';
  override readonly retryable = true;
}

/** Bank and ledger agree on so little that it is no list for a person to work off. A retry cannot help. */
export class TooManyOpenItemsError extends HouseError<{ day: string; open: number; limit: number }> {
  override readonly name = 'TooManyOpenItemsError';
}
