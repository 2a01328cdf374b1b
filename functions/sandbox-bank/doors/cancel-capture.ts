import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { cancelCapture as decideCancellation } from '../domain/hold.ts';
import { changeCharge } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Undoes a capture, whether it happened, may still come, or never will. Any number of times.
 * @throws {CreditsBlockedError} the account takes no money; it can be asked again once it is opened
 * @throws {OutcomePendingError} it was accepted and has not moved the money yet: ask again then
 * @throws {BankUnavailableError} ask again until it answers
 */
export const cancelCapture =
  (ports: BankPorts) =>
  async ({ path: { key }, caller }: RequestOf<typeof clientRoutes.cancelCapture>) => {
    const asker = askerOf(caller, key);
    const view = await changeCharge(ports, {
      happening: 'cancel-capture',
      key,
      decide: (charge) => decideCancellation(charge, asker, ports.now()),
    });
    return { status: 200, body: view } as const;
  };

export const handler = restHandler({
  route: clientRoutes.cancelCapture,
  handle: cancelCapture,
  ports: bankPorts,
  messages,
});
