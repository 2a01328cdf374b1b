import { goes, machine, orElse, retried, sent, task, taskToldWhy, tokenTask } from '../asl.ts';

/** A step before the pivot gives up early: the payer is waiting, and turning back is cheap. */
const brisk = retried(3, 8);
/** The pivot and the compensations are worth more patience: giving up needs a person. */
const stubborn = retried(6, 30);
/** States that read, turn, close and park have no Catch: when they fail, the sweeper starts the saga anew. */
const always = retried(6, 8);

const next = '{% $states.result.Payload.next %}';

/** Not before the pivot: `DeadlinePassedError` turns the saga back. */
const tooLate = {
  Condition: '{% $millis() > $deadline %}',
  Output: { Error: 'DeadlinePassedError', Cause: 'the payment took longer than its deadline allows' },
  Next: 'TurnBack',
} as const;
/** The step before says that the payer, or the bank, has not answered yet. */
const open = { Condition: '{% $exists($states.input.Payload.waits) %}', Next: 'AwaitBank' } as const;

/**
 * A payment: ten steps in fixed order, the seventh is the pivot. Every execution begins at `Resume`, which asks
 * the payment's record where to go on; so a resume after a crash, a redrive and a first start are one path.
 * A failure before the pivot leads to `TurnBack`, then the compensations run newest first.
 */
export const payment = machine({
  Comment: 'A payment. The record decides, the machine drives: every execution begins at Resume.',
  StartAt: 'Resume',
  States: {
    Resume: {
      Comment: 'Reads the record: which step is next, forward or back?',
      ...task('resume'),
      ...always,
      Assign: { next, deadline: '{% $states.result.Payload.deadline %}' },
      Next: 'Route',
    },
    Route: {
      Comment: 'The only place that jumps. Every name here is a state below.',
      Type: 'Choice',
      Choices: [
        goes('ValidateUser'),
        goes('CheckKyc'),
        goes('ValidateMerchant'),
        goes('CheckFraud'),
        goes('ReserveFunds'),
        goes('ProcessPayment'),
        goes('InTime'),
        goes('NotifyMerchant'),
        goes('SendReceipt'),
        goes('UpdateAnalytics'),
        goes('RefundCharge'),
        goes('ReleaseHold'),
        goes('Close'),
        goes('Completed'),
        goes('Refused'),
        goes('Compensated'),
      ],
      Default: 'Park',
    },

    ValidateUser: { ...task('validate-user'), ...brisk, ...orElse('TurnBack'), Next: 'CheckKyc' },
    CheckKyc: { ...task('check-kyc'), ...brisk, ...orElse('TurnBack'), Next: 'ValidateMerchant' },
    ValidateMerchant: { ...task('validate-merchant'), ...brisk, ...orElse('TurnBack'), Next: 'CheckFraud' },
    CheckFraud: { ...task('check-fraud'), ...brisk, ...orElse('TurnBack'), Next: 'ReserveFunds' },
    ReserveFunds: {
      Comment:
        'Holds the amount, in the wallet or at the bank, which may ask the payer. Undone by ReleaseHold.',
      ...task('reserve-funds'),
      ...brisk,
      ...orElse('TurnBack'),
      Next: 'Approved',
    },
    Approved: {
      Comment: 'Has the payer approved, or is the payer waited for?',
      Type: 'Choice',
      Choices: [tooLate, open],
      Default: 'ProcessPayment',
    },
    AwaitBank: {
      Comment:
        'Waits until the bank tells, or twenty seconds. The token only wakes: the record, and then the bank, say what is so.',
      ...tokenTask('await-bank', 20),
      ...sent(3, 8),
      ...orElse('Resume'),
      Next: 'Resume',
    },
    ProcessPayment: {
      Comment: 'Captures the hold: the money is ours to pass on, or on its way. Undone by RefundCharge.',
      ...task('process-payment'),
      ...brisk,
      ...orElse('TurnBack'),
      Next: 'InTime',
    },
    InTime: {
      Comment: 'The last look at the clock: behind the next state nothing turns back.',
      Type: 'Choice',
      Choices: [tooLate, open],
      Default: 'SettleMerchant',
    },
    SettleMerchant: {
      Comment: 'The pivot: what is held becomes the merchant’s money and our commission, in one transaction.',
      ...task('settle-merchant'),
      ...stubborn,
      ...orElse('TurnBack'),
      Next: 'NotifyMerchant',
    },
    NotifyMerchant: {
      Comment: 'Best effort from here on: worth trying, not worth failing for.',
      ...task('notify-merchant'),
      ...brisk,
      ...orElse('SendReceipt'),
      Next: 'SendReceipt',
    },
    SendReceipt: { ...task('send-receipt'), ...brisk, ...orElse('UpdateAnalytics'), Next: 'UpdateAnalytics' },
    UpdateAnalytics: { ...task('update-analytics'), ...brisk, ...orElse('Close'), Next: 'Close' },

    TurnBack: {
      Comment:
        'Writes that and why we go back, before anything is undone. Past the pivot it answers the way forward.',
      ...taskToldWhy('turn-back'),
      ...always,
      Assign: { next },
      Next: 'Route',
    },
    RefundCharge: {
      Comment: 'Cancels the charge at the bank, also one that may still arrive.',
      ...task('refund-charge'),
      ...stubborn,
      ...orElse('Park'),
      Next: 'ReleaseHold',
    },
    ReleaseHold: {
      Comment: 'Gives the held amount back.',
      ...task('release-hold'),
      ...stubborn,
      ...orElse('Park'),
      Next: 'Close',
    },

    Close: {
      Comment: 'Writes the ending into the record and says which one it is.',
      ...task('close'),
      ...always,
      Assign: { next },
      Next: 'Route',
    },
    Park: {
      Comment: 'Tells a person, then writes needs_attention with its reason.',
      ...taskToldWhy('park'),
      ...always,
      Next: 'NeedsAttention',
    },
    Completed: { Type: 'Succeed' },
    Refused: { Type: 'Succeed' },
    Compensated: { Type: 'Succeed' },
    NeedsAttention: {
      Comment:
        'An answer as the others are: the parking queue alarms, and a person lets the next execution start.',
      Type: 'Succeed',
    },
  },
});
