import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { debitAccount as decideDebit } from '../domain/debit.ts';
import { decidedOn, operate } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { refusalOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Takes money from an account at once. The same key again answers how the debit stands.
 * @throws {DeclinedError} {@link InsufficientBalanceError} the bank's no, the same for ever under this key
 * @throws {DebitCancelledError} its cancellation was here first
 * @throws {BankUnavailableError} it may have happened or not: ask again, or cancel it
 */
export const debitAccount =
  (ports: BankPorts) =>
  async ({ path: { key }, body, caller }: RequestOf<typeof clientRoutes.debitAccount>) => {
    const asker = askerOf(caller, key);
    const bankReference = ports.reference();
    const decide = async () => {
      const [found, account] = await Promise.all([
        ports.books.charge(key),
        ports.books.account(body.account),
      ]);
      return decidedOn(found, decideDebit(found?.record, account, asker, body, bankReference));
    };
    const view = await operate(ports, {
      happening: 'debit',
      key,
      about: body.account,
      decide,
      refusal: refusalOf,
    });
    return { status: 200, body: view } as const;
  };

export const handler = restHandler({
  route: clientRoutes.debitAccount,
  handle: debitAccount,
  ports: bankPorts,
  messages,
});
