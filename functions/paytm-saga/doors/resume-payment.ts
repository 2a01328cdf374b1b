import { command } from '../../../shared/effects/of-command.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { events } from '../contract.events.ts';
import { resumeRoutes } from '../contract.resume.ts';
import type { Executions, Parked } from '../domain/ports.ts';
import { auditOf, viewOf } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { executionsPort } from '../store/executions.ts';
import { happened } from '../store/history.ts';
import { paymentKey } from '../store/keys.ts';
import { parkedPort, settled } from '../store/parking.ts';
import { resumed } from '../store/payments.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';
import { telling, toldOf } from '../store/telling.ts';

export type ResumePorts = TablePorts & { executions: Executions; parking: Parked };

/**
 * Lets a payment go on that needed attention: writes who, when and why, raises the number of the execution, then starts
 * it, in this order, as the sweeper does. Where the start fails, the sweeper finds a number without an execution. At
 * last what it was parked with is taken out, which ends the alarm.
 * @throws {NothingToResumeError} it is under way, or has ended
 * @throws {SupersededError} another operator was faster
 */
export const resumePayment =
  ({ payments, effects, executions, parking, now }: ResumePorts) =>
  async (
    { path, body, caller, idempotencyKey, say }: RequestOf<typeof resumeRoutes.resumePayment>,
    { correlationId, traceparent }: CallContext,
  ) => {
    const payment = await payments.load(path.paymentId);
    const { id, actor, attention = 'NeedsAttention' } = payment;
    const { answer: execution } = await effects.commit({
      effect: await command(resumeRoutes.resumePayment, { caller, idempotencyKey, path, body }),
      expects: { record: paymentKey(id), actor },
      ...happened(id, 'resumed', {
        ...{ by: caller.subject, note: body.reason, after: attention, next: actor + 1 },
      }),
      ...telling(payment, `${resumeRoutes.resumePayment.name} ${idempotencyKey}`, {
        changes: [
          resumed(payment, {
            at: now().toISOString(),
            by: caller.subject,
            reason: body.reason,
            after: attention,
            execution: actor + 1,
          }),
        ],
        events: [
          events.resumed.of({
            correlationId,
            traceparent,
            subject: id,
            data: { ...toldOf(payment), reason: attention },
          }),
        ],
      }),
      answer: actor + 1,
    });
    const goesOn = await payments.load(id);
    if (goesOn.status === 'in_progress' && goesOn.actor === execution) {
      logger().info('payment resumed', { paymentId: id, execution, by: caller.subject });
      await executions.start(goesOn).catch((error: unknown) => {
        logger().warn('the saga was not started; the sweeper will', { paymentId: id, error });
      });
    }
    // As the record has it, not our clock: who asks again may find it parked anew, and that letter is another's.
    const resumption = goesOn.resumptions?.find((one) => one.execution === execution);
    if (resumption) await settled(parking, { payment: id }, resumption.at);
    return { status: 202, body: { ...viewOf(goesOn, say), ...auditOf(goesOn) } } as const;
  };

export const handler = restHandler({
  route: resumeRoutes.resumePayment,
  handle: resumePayment,
  ports: () => ({ ...tablePorts(), executions: executionsPort(), parking: parkedPort() }),
  messages,
});
