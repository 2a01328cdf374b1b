import { command } from '../../../shared/effects/of-command.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { closingRoutes } from '../contract.closing.ts';
import { reconciliationViewOf } from '../domain/closing-view.ts';
import { dayOf } from '../domain/days.ts';
import { DayNotBegunError } from '../domain/errors.ts';
import { closingMessages } from '../messages.closing.ts';
import { type ClosingTablePorts, closingTablePorts } from '../store/closing-ports.ts';
import { type ClosingQueue, closingQueue } from '../store/closing-queue.ts';
import { interimAsked } from '../store/reconciliations.ts';

/**
 * Asks for a reconciliation now. Of today it is an interim one, anew with every key; of a day that is over it is the
 * final one, which is made once. Where the message cannot be sent, the same key sends it again.
 * @throws {DayNotBegunError} there is nothing to reconcile yet
 * @throws {NotFoundError} the books begin on a later day
 */
export const reconcileDay =
  (
    ports: Pick<ClosingTablePorts, 'closings' | 'reconciliations' | 'effects' | 'now' | 'ids'> & ClosingQueue,
  ) =>
  async ({ path, caller, idempotencyKey }: RequestOf<typeof closingRoutes.reconcileDay>, _: CallContext) => {
    const { closings, reconciliations, effects, now, ids, send } = ports;
    const { day } = path;
    const today = dayOf(now());
    if (day > today) throw new DayNotBegunError({ day });
    const effect = await command(closingRoutes.reconcileDay, { caller, idempotencyKey, path, body: null });
    if (day === today) {
      const asked = { day, request: ids(), askedAt: now().toISOString(), by: caller.subject };
      await effects.commit({ effect, changes: [interimAsked(asked)], answer: asked.request });
      logger().info('interim reconciliation asked for', { day, by: caller.subject });
    } else if (day < ((await closings.books()).first ?? day)) {
      throw new NotFoundError({ what: 'closing', id: day });
    }
    const kind = day === today ? 'interim' : 'final';
    const found = await reconciliations.find(day, kind);
    if (found?.status !== 'done')
      await send({ closing: 'due', ...(kind === 'interim' ? { interim: day } : {}) });
    const body = reconciliationViewOf(found ?? { day, kind, status: 'asked' });
    // Where it was asked for is where it is followed.
    return { status: 202, headers: { Location: 'reconciliation' }, body } as const;
  };

export const handler = restHandler({
  route: closingRoutes.reconcileDay,
  handle: reconcileDay,
  ports: () => ({ ...closingTablePorts(), ...closingQueue() }),
  messages: closingMessages,
});
