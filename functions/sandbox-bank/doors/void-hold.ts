import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { voidHold as decideVoid } from '../domain/hold.ts';
import { changeCharge } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Releases a hold, or withdraws the request for one; one that is still on its way is refused when it comes. Any number of times.
 * @throws {HoldCapturedError} its money was taken: cancel the capture first
 * @throws {OutcomePendingError} its capture was accepted and has not moved the money yet: ask again then
 * @throws {BankUnavailableError} ask again until it answers
 */
export const voidHold =
  (ports: BankPorts) =>
  async ({ path: { key }, caller }: RequestOf<typeof clientRoutes.voidHold>) => {
    const asker = askerOf(caller, key);
    const view = await changeCharge(ports, {
      happening: 'void',
      key,
      decide: (charge) => decideVoid(charge, asker, ports.now()),
    });
    return { status: 200, body: view } as const;
  };

export const handler = restHandler({
  route: clientRoutes.voidHold,
  handle: voidHold,
  ports: bankPorts,
  messages,
});
