import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { routes } from '../contract.ts';
import { systemOf } from '../domain/machine.ts';
import { type ConsolePorts, RedriveRefused } from '../domain/ports.ts';
import { refusalOf } from '../domain/redrives.ts';
import { runDetail } from '../domain/runs.ts';
import { messages } from '../messages.ts';
import { consolePorts } from '../store/ports.ts';

export interface RedriveRunPorts extends ConsolePorts {
  readonly now: () => Date;
}

/**
 * Lets an execution go on that did not end well, and tells what it is then. Step Functions itself remembers the key: within
 * a quarter of an hour the same one starts nothing.
 * @throws {NotFoundError} the city has no such machine, or the machine no such execution
 * @throws {RunGoesOnError} it has not ended
 * @throws {RunTooOldError} it ended more than 14 days ago
 * @throws {NotRedrivableError} it has succeeded, or Step Functions has another reason
 */
export const redriveRun =
  ({ systems, machines, now }: RedriveRunPorts) =>
  async ({ path: { machine, run }, caller, idempotencyKey }: RequestOf<typeof routes.redriveRun>) => {
    await systemOf(systems, machine);
    const look = async () => found(run, await machines.run(machine, run));
    const redrivenAt = await machines.redrive(machine, run, idempotencyKey).catch(async (thrown: unknown) => {
      if (!(thrown instanceof RedriveRefused)) throw thrown;
      throw refusalOf(await look(), now(), { cause: thrown });
    });
    const at = found(run, redrivenAt).toISOString();
    logger().info('run redriven', { machine, run, by: caller.subject });
    return { status: 202, body: { ...runDetail(machine, await look()), redrivenAt: at } } as const;
  };

const found = <T>(id: string, what: T | undefined): T => {
  if (what === undefined) throw new NotFoundError({ what: 'run', id });
  return what;
};

export const handler = restHandler({
  route: routes.redriveRun,
  handle: redriveRun,
  ports: () => ({ ...consolePorts(), now: () => new Date() }),
  messages,
});
