import { peer, serviceToken } from '../../shared/aws/index.ts';
import { client } from '../../shared/http/index.ts';
import {
  AccountId,
  ClearingAlias,
  OperationKey,
  type OperationView,
  routes,
} from '../sandbox-bank/contract.ts';
import { PaymentDeclinedError } from './domain/errors.ts';
import type { Bank } from './domain/ports.ts';
import { type TablePorts, tablePorts } from './store/ports.ts';

/** Into which account of the bank everything is collected. */
const CLEARING = ClearingAlias.parse('clearing:paytm-saga');

/**
 * Errors of the bank that are a final no, and NPCI's code for each where the answer brings none: XH, no such account;
 * Z9, insufficient funds; U30, the debit has failed.
 */
const NO = new Map([
  ['NotFoundError', 'XH'],
  ['DeclinedError', 'U30'],
  ['InsufficientBalanceError', 'Z9'],
  ['HoldCancelledError', 'U30'],
  ['HoldDeclinedError', 'U30'],
  ['HoldVoidedError', 'U30'],
  ['CaptureCancelledError', 'U30'],
  ['DebitCancelledError', 'U30'],
]);

/** The sandbox bank over HTTP, behind the port of the domain. */
export const sandboxBank = (bank: BankClient): Bank => ({
  async hold(key, { account, amount, method }) {
    if (method === 'paytm_wallet') throw new TypeError('the wallet is ours; no bank holds it');
    const body = { account: AccountId.parse(account), amount, instrument: method };
    return reference(await declined(bank.placeHold({ path: keyed(key), body })));
  },
  async capture(key) {
    return reference(await declined(bank.captureHold({ path: keyed(key), body: { into: CLEARING } })));
  },
  async refund(key) {
    const { body } = await bank.cancelCapture({ path: keyed(key) });
    return body.state === 'refunded' ? 'reversed' : 'nothing';
  },
  async release(key) {
    const { body } = await bank.voidHold({ path: keyed(key) });
    return body.state === 'voided' ? 'reversed' : 'nothing';
  },
  async debit(key, { account, amount }) {
    const body = { account: AccountId.parse(account), amount, instrument: 'upi' as const, into: CLEARING };
    return reference(await declined(bank.debitAccount({ path: keyed(key), body })));
  },
  async payBack(key, { of, amount }) {
    return reference(
      await bank.refundCharge({ path: keyed(key), body: { of: OperationKey.parse(of), amount } }),
    );
  },
});

type BankClient = ReturnType<typeof client<typeof routes>>;

const keyed = (key: string) => ({ key: OperationKey.parse(key) });

const reference = ({ body }: { body: OperationView }) => ({ reference: body.bankReference ?? body.key });

/** The bank's no, in our words; everything else passes as it is. */
const declined = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    const usual = error instanceof Error ? NO.get(error.name) : undefined;
    if (usual === undefined) throw error;
    const { code = usual } = (error as { facts?: { code?: string } }).facts ?? {};
    throw new PaymentDeclinedError({ code }, { cause: error });
  }
};

export interface BankPorts extends TablePorts {
  readonly bank: Bank;
}

/** The table's ports, and the bank, asked with our own service token. */
export const bankPorts = (): BankPorts => {
  const bank = client(
    {
      baseUrl: () => peer('sandbox-bank'),
      token: (refused) => serviceToken('sandbox-bank', refused),
      peer: 'sandbox-bank',
    },
    routes,
  );
  return { ...tablePorts(), bank: sandboxBank(bank) };
};
