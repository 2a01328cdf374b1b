import type { Now } from '../../shared/time/index.ts';
import { AccountId, clientRoutes, OperationKey, type OperationView } from '../sandbox-bank/contract.ts';
import { PaymentDeclinedError } from './domain/errors.ts';
import type { Approval } from './domain/instruments.ts';
import type { Bank, Charged } from './domain/ports.ts';
import { bankClient, CLEARING } from './peers.bank.ts';
import { type TablePorts, tablePorts } from './store/ports.ts';

/**
 * Errors of the bank that are a final no, and NPCI's code for each where the answer brings none: XH, no such account;
 * Z9, insufficient funds; U30, the debit has failed; U69, nobody approved in time.
 */
const NO = new Map([
  ['NotFoundError', 'XH'],
  ['DeclinedError', 'U30'],
  ['InsufficientBalanceError', 'Z9'],
  ['HoldCancelledError', 'U30'],
  ['HoldDeclinedError', 'U30'],
  ['HoldVoidedError', 'U30'],
  ['HoldExpiredError', 'U30'],
  ['CaptureCancelledError', 'U30'],
  ['DebitCancelledError', 'U30'],
]);

/** The sandbox bank over HTTP, behind the port of the domain. */
export const sandboxBank = (bank: BankClient, now: Now): Bank => ({
  async learn(key) {
    const { body } = await bank.getOperation({ path: { ...keyed(key), kind: 'hold' } });
    switch (body.state) {
      case 'unknown':
        return {};
      case 'awaiting':
        return { hold: OPEN };
      case 'held':
        return { hold: done(body) };
      case 'settling':
        return { hold: done(body), capture: OPEN };
      case 'captured':
      case 'refunded':
        return { hold: done(body), capture: done(body) };
      default:
        throw new PaymentDeclinedError({ code: body.code ?? (isUnanswered(body) ? 'U69' : 'U30') });
    }
  },
  async hold(key, { account, amount, method, approval, emi }) {
    if (method === 'paytm_wallet') throw new TypeError('the wallet is ours; no bank holds it');
    const { body } = await declined(
      bank.placeHold({
        path: keyed(key),
        body: {
          ...{ account: AccountId.parse(account), amount, instrument: method },
          ...(approval ? { approval: { flow: approval.flow, expiresInSeconds: left(approval, now()) } } : {}),
          ...(emi ? { emi } : {}),
        },
      }),
    );
    return body.state === 'awaiting' ? OPEN : done(body);
  },
  async capture(key) {
    const { body } = await declined(bank.captureHold({ path: keyed(key), body: { into: CLEARING } }));
    return body.state === 'settling' ? OPEN : done(body);
  },
  async refund(key) {
    const { body } = await bank.cancelCapture({ path: keyed(key) });
    return body.state === 'refunded' ? 'reversed' : 'nothing';
  },
  async release(key) {
    const { body } = await bank.voidHold({ path: keyed(key) });
    // A request that was withdrawn before anybody answered it had set nothing aside.
    return body.state === 'voided' && !isUnanswered(body) ? 'reversed' : 'nothing';
  },
  async learnDebit(key) {
    const { body } = await bank.getOperation({ path: { ...keyed(key), kind: 'debit' } });
    if (body.state === 'unknown') return undefined;
    if (body.state === 'debited' || body.state === 'refunded') return reference({ body });
    throw new PaymentDeclinedError({ code: body.code ?? 'U30' });
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

type BankClient = ReturnType<typeof bankClient<typeof clientRoutes>>;

const keyed = (key: string) => ({ key: OperationKey.parse(key) });

const reference = ({ body }: { body: OperationView }) => ({ reference: body.bankReference ?? body.key });

/** The payer was asked, and nothing was set aside yet. */
const isUnanswered = ({ approval }: OperationView): boolean =>
  approval !== undefined && approval.decision !== 'approve';

const OPEN: Charged = { state: 'open' };
const done = (body: OperationView): Charged => ({ state: 'done', ...reference({ body }) });

/** Whole seconds, at least one: the bank then says that it has expired. */
const left = ({ expiresAt }: Approval, now: Date): number =>
  Math.max(1, Math.ceil((Date.parse(expiresAt) - now.getTime()) / 1000));

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
  const ports = tablePorts();
  return { ...ports, bank: sandboxBank(bankClient(clientRoutes), ports.now) };
};
