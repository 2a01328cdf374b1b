import { command } from '../../../shared/effects/of-command.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { resumeRoutes } from '../contract.resume.ts';
import type { Parked } from '../domain/ports.ts';
import { topUpMessages } from '../messages.top-ups.ts';
import { parkedPort, settled } from '../store/parking.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';
import { topUpResumed } from '../store/top-ups.ts';

/**
 * Lets a top-up go on that needed attention: the next sweep tries it again, as often as the first time. What it was parked with is
 * taken out, which ends the alarm.
 * @throws {NothingToResumeError} it is under way, or has ended
 */
export const resumeTopUp =
  ({ topUps, effects, parking, now }: TablePorts & { parking: Parked }) =>
  async ({ path, body, caller, idempotencyKey }: RequestOf<typeof resumeRoutes.resumeTopUp>) => {
    const topUp = await topUps.load(path.topUpId);
    const { id, attention: after = 'NeedsAttention' } = topUp;
    const by = caller.subject;
    const at = now().toISOString();
    const { answer } = await effects.commit({
      effect: await command(resumeRoutes.resumeTopUp, { caller, idempotencyKey, path, body }),
      changes: [topUpResumed(topUp, { at, by, reason: body.reason, after })],
      // Asked again, the first time: what was parked since is another matter.
      answer: { at },
    });
    logger().info('top-up resumed', { topUpId: id, by });
    await settled(parking, { topUp: id }, answer.at);
    return { status: 202, body: await topUps.load(id) } as const;
  };

export const handler = restHandler({
  route: resumeRoutes.resumeTopUp,
  handle: resumeTopUp,
  ports: () => ({ ...tablePorts(), parking: parkedPort() }),
  messages: topUpMessages,
});
