import { command } from '../../../shared/effects/of-command.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { resumeRoutes } from '../contract.resume.ts';
import type { Parked } from '../domain/ports.ts';
import { refundViewOf } from '../domain/refund.ts';
import { refundMessages } from '../messages.refunds.ts';
import { happened } from '../store/history.ts';
import { parkedPort, settled } from '../store/parking.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';
import { refundResumed } from '../store/refunds.ts';

/**
 * Lets a refund go on that needed attention: the next sweep tries it again, as often as the first time. What it was
 * parked with is taken out, which ends the alarm.
 * @throws {NothingToResumeError} it is under way, or has ended
 */
export const resumeRefund =
  ({ refunds, effects, parking, now }: TablePorts & { parking: Parked }) =>
  async ({ path, body, caller, idempotencyKey }: RequestOf<typeof resumeRoutes.resumeRefund>) => {
    const refund = await refunds.load(path.refundId);
    const { id, payment, attention: after = 'NeedsAttention' } = refund;
    const by = caller.subject;
    const at = now().toISOString();
    const { answer } = await effects.commit({
      effect: await command(resumeRoutes.resumeRefund, { caller, idempotencyKey, path, body }),
      ...happened(payment, 'refund_resumed', { refund: id, by, note: body.reason, after }),
      changes: [refundResumed(refund, { at, by, reason: body.reason, after })],
      // Asked again, the first time: what was parked since is another matter.
      answer: { at },
    });
    logger().info('refund resumed', { refundId: id, by });
    await settled(parking, { refund: id }, answer.at);
    return { status: 202, body: refundViewOf(await refunds.load(id), true) } as const;
  };

export const handler = restHandler({
  route: resumeRoutes.resumeRefund,
  handle: resumeRefund,
  ports: () => ({ ...tablePorts(), parking: parkedPort() }),
  messages: refundMessages,
});
