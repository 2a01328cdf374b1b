import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { cancelDebit as decideCancellation } from '../domain/debit.ts';
import { changeCharge } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Undoes a debit, whether it happened, may still come, or never will. Any number of times.
 * @throws {BankUnavailableError} ask again until it answers
 */
export const cancelDebit =
  (ports: BankPorts) =>
  async ({ path: { key }, caller }: RequestOf<typeof clientRoutes.cancelDebit>) => {
    const asker = askerOf(caller, key);
    const view = await changeCharge(ports, {
      happening: 'cancel-debit',
      key,
      decide: (charge) => decideCancellation(charge, asker),
    });
    return { status: 200, body: view } as const;
  };

export const handler = restHandler({
  route: clientRoutes.cancelDebit,
  handle: cancelDebit,
  ports: bankPorts,
  messages,
});
