import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { placeHold as decideHold } from '../domain/hold.ts';
import { decidedOn, operate } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { refusalOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Sets money aside on an account, or asks the payer first. The same key again answers how the hold stands.
 * @throws {DeclinedError} {@link InsufficientBalanceError} the bank's no, the same for ever under this key
 * @throws {HoldCancelledError} its void was here first
 * @throws {HoldExpiredError} nobody answered, or captured, in time
 * @throws {BankUnavailableError} it may have happened or not: ask again, or void it
 */
export const placeHold =
  (ports: BankPorts) =>
  async (
    { path: { key }, body, caller }: RequestOf<typeof clientRoutes.placeHold>,
    { correlationId, traceparent }: CallContext,
  ) => {
    const asker = askerOf(caller, key);
    const origin = { correlationId, ...(traceparent === '' ? {} : { traceparent }) };
    const decide = async () => {
      const [found, account] = await Promise.all([
        ports.books.charge(key),
        ports.books.account(body.account),
      ]);
      return decidedOn(found, decideHold(found?.record, account, asker, body, { at: ports.now(), origin }));
    };
    const view = await operate(ports, {
      happening: 'hold',
      key,
      about: body.account,
      decide,
      refusal: refusalOf,
    });
    return { status: 200, body: view } as const;
  };

export const handler = restHandler({
  route: clientRoutes.placeHold,
  handle: placeHold,
  ports: bankPorts,
  messages,
});
