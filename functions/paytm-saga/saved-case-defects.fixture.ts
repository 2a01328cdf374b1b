/** Test help: products with one defect each, as a change of next month may bring it; some saved case must fail at each. */
import type { Change } from '../../shared/effects/index.ts';
import { retried, TRANSIENT } from '../../statemachines/asl.ts';
import type { SagaInput } from './contract.ts';
import type { Bank } from './domain/ports.ts';
import type { Asked } from './one-payment.fixture.ts';
import {
  callsBeforeItIsRecorded,
  catching,
  failedRefundIsPassedOver,
  machineWith,
  pivotDoesNotLookAtTheMerchant,
  pivotFailureGoesOn,
  releaseComesBeforeRefund,
  turnIsNotWritten,
  waitIsTakenForApproval,
  walletIsNotConditioned,
  writing,
} from './planted-defects.fixture.ts';
import { processPaymentStep } from './steps/process-payment.ts';
import { type Acting, compensation, type SagaPorts } from './store/saga.ts';

type Defect = NonNullable<Asked['defect']>;

/** Postings that say something else than was decided, and still balance. */
const posting = (wrong: (account: string, amount: number) => number): Defect =>
  writing((change: Change) =>
    change.does === 'put' && change.key.pk.startsWith('LEDGER#')
      ? {
          ...change,
          item: { ...change.item, amount: wrong(String(change.item.account), Number(change.item.amount)) },
        }
      : change,
  );

/** A paisa of the tax is taken for commission. */
const WRONG_PAISA: { readonly [account: string]: number } = { commission: 1, 'gst-output': -1 };

/** Nobody asks what became of an earlier call, and the bank is given a key that it has not seen. */
const chargesEachTime =
  (ports: SagaPorts & { bank: Bank }) =>
  async (input: SagaInput, context: Acting): Promise<unknown> => {
    const { id, amount } = await ports.payments.load(input.payment);
    const { reference } = await ports.bank.debit(`${id}/${crypto.randomUUID()}`, {
      account: 'account',
      amount,
    });
    const bank: Bank = { ...ports.bank, capture: async () => ({ state: 'done', reference }) };
    return processPaymentStep({ ...ports, bank })(input, context);
  };

export const SAVED_CASE_DEFECTS: { readonly [what: string]: Defect } = {
  'a refund is answered and not made': {
    tasks: { RefundCharge: () => async () => ({ step: 'process_payment', outcome: 'reversed' }) },
  },
  'a refund is made and not posted': {
    tasks: {
      RefundCharge: compensation<SagaPorts & { bank: Bank }>('process_payment', async ({ bank }, { id }) => ({
        outcome: await bank.refund(id),
      })),
    },
  },
  'a hold is answered for as released, and is not': {
    tasks: { ReleaseHold: () => async () => ({ step: 'reserve_funds', outcome: 'reversed' }) },
  },
  'a compensation is left out of the machine': machineWith({
    RefundCharge: { Type: 'Pass', Next: 'ReleaseHold' },
  }),
  'the hold is released before the charge is refunded': releaseComesBeforeRefund,
  'the fee is posted wrongly, by a paisa': posting((account, amount) => amount + (WRONG_PAISA[account] ?? 0)),
  'the tax is posted as commission': writing((change) =>
    change.does === 'put' && change.item.account === 'gst-output'
      ? { ...change, item: { ...change.item, account: 'commission' } }
      : change,
  ),
  'the charge is posted to another account': writing((change) =>
    change.does === 'put' &&
    change.item.step === 'process_payment' &&
    String(change.item.account).startsWith('hold:')
      ? { ...change, item: { ...change.item, account: 'refunds-due' } }
      : change,
  ),
  'the pivot’s catcher leads on': pivotFailureGoesOn,
  'the catcher of the hold leads to a person': machineWith({ ReserveFunds: catching('Park') }),
  'the catcher of the receipt turns the payment back': machineWith({ SendReceipt: catching('TurnBack') }),
  'the catcher of a failed refund leads to the end': failedRefundIsPassedOver,
  'the charge is not tried again': machineWith({ ProcessPayment: { Retry: [] } }),
  'a worker that died is not asked again': machineWith({
    ProcessPayment: {
      Retry: [
        { ...retried(3, 8).Retry[0], ErrorEquals: TRANSIENT.filter((name) => name !== 'Runtime.ExitError') },
      ],
    },
  }),
  'the end of a wait is taken for a yes': waitIsTakenForApproval,
  'a step does nothing': { tasks: { CheckFraud: () => async () => ({ step: 'check_fraud' }) } },
  'a step is left out of the machine': machineWith({ ValidateMerchant: { Next: 'ReserveFunds' } }),
  'the pivot does not look at the merchant': pivotDoesNotLookAtTheMerchant,
  'the turn is not written': turnIsNotWritten,
  'a remote call is not recorded before it is made': callsBeforeItIsRecorded,
  'a charge is made anew each time that it is asked for': { tasks: { ProcessPayment: chargesEachTime } },
  'nobody looks what the wallet holds': walletIsNotConditioned,
  'the execution fails where it completes': machineWith({
    Completed: { Type: 'Fail', Error: 'Failed', Cause: '' },
  }),
  'it ends as another thing than it was': {
    tasks: { Close: () => async () => ({ next: 'Completed' }) },
  },
};
