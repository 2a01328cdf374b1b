import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { clientRoutes } from '../contract.ts';
import { askerOf } from '../domain/caller.ts';
import { refuseOthers } from '../domain/charge.ts';
import { accountOf, meet } from '../domain/operate.ts';
import type { BankPorts } from '../domain/ports.ts';
import { unknownOperation, viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { bankPorts } from '../store/ports.ts';

/**
 * Did you do X? An operator is answered whatever the account's behaviour.
 * @throws {ForbiddenError} it is another system's
 * @throws {BankUnavailableError} the account's bank is out: ask again
 */
export const getOperation =
  (ports: Pick<BankPorts, 'books' | 'pause' | 'now'>) =>
  async ({ path: { kind, key }, caller }: RequestOf<typeof clientRoutes.getOperation>) => {
    const found = await (kind === 'refund' ? ports.books.refund(key) : ports.books.charge(key));
    if (found === undefined || found.record.kind !== kind) {
      return { status: 200, body: unknownOperation(kind, key) } as const;
    }
    if (!caller.roles.includes('operator')) {
      refuseOthers(found.record, askerOf(caller, key));
      await meet(ports, accountOf(found));
    }
    return { status: 200, body: viewOf(found.record, ports.now()) } as const;
  };

export const handler = restHandler({
  route: clientRoutes.getOperation,
  handle: getOperation,
  ports: bankPorts,
  messages,
});
