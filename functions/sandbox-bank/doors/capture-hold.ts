import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { captureHold as decideCapture } from '../domain/hold.ts';
import { changeCharge } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Takes all that is held, at once or later. Asked again, it answers how the hold stands.
 * @throws {NotFoundError} there is no such hold (yet)
 * @throws {CaptureCancelledError} its cancellation was here first
 * @throws {HoldCancelledError} {@link HoldVoidedError} {@link HoldDeclinedError} nothing is held, and never will be
 * @throws {HoldAwaitingError} the payer has not answered yet
 * @throws {HoldExpiredError} nobody answered, or captured, in time
 * @throws {BankUnavailableError} it may have happened or not: ask again, or cancel the capture
 */
export const captureHold =
  (ports: BankPorts) =>
  async ({ path: { key }, body: { into }, caller }: RequestOf<typeof clientRoutes.captureHold>) => {
    const asker = askerOf(caller, key);
    const bankReference = ports.reference();
    const view = await changeCharge(ports, {
      happening: 'capture',
      key,
      decide: (charge, account) =>
        decideCapture(charge, asker, into, bankReference, {
          at: ports.now(),
          settlesAfterMs: account?.behaviour.settlesAfterMs ?? 0,
        }),
    });
    return { status: 200, body: view } as const;
  };

export const handler = restHandler({
  route: clientRoutes.captureHold,
  handle: captureHold,
  ports: bankPorts,
  messages,
});
