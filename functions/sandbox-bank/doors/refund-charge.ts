import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { refundCharge as decideRefund } from '../domain/debit.ts';
import { accountOf, decidedOn, operate } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Gives back a part, or all, of what a capture or a debit took, once under its key.
 * @throws {NothingToRefundError} nothing was taken, or not yet
 * @throws {RefundTooLargeError} less than that is left
 * @throws {BankUnavailableError} it may have happened or not: ask again
 */
export const refundCharge =
  (ports: BankPorts) =>
  async ({ path: { key }, body, caller }: RequestOf<typeof clientRoutes.refundCharge>) => {
    const asker = askerOf(caller, key);
    const bankReference = ports.reference();
    const about = accountOf(await ports.books.charge(body.of));
    const decide = async () => {
      const [found, charge] = await Promise.all([ports.books.refund(key), ports.books.charge(body.of)]);
      const decision = decideRefund(found?.record, charge?.record, asker, body, bankReference);
      const { record, writes, money } = decidedOn(found, decision);
      const less = decision.charge && charge && { record: decision.charge, revision: charge.revision };
      return { record, writes: less ? [...writes, less] : writes, money };
    };
    const view = await operate(ports, { happening: 'refund', key, about, decide });
    return { status: 200, body: view } as const;
  };

export const handler = restHandler({
  route: clientRoutes.refundCharge,
  handle: refundCharge,
  ports: bankPorts,
  messages,
});
