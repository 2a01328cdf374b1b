import * as z from 'zod';
import { HouseError } from '../../../shared/errors/index.ts';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { type Payment, tried } from '../domain/payment.ts';
import type { Executions, Parking } from '../domain/ports.ts';
import { type BankPorts, bankPorts } from '../peers.ts';
import { park } from '../steps/park.ts';
import { executionsPort } from '../store/executions.ts';
import { parkingPort } from '../store/parking.ts';
import { handedOver } from '../store/payments.ts';
import { once } from '../store/saga.ts';
import { finishTopUp } from '../store/top-ups.ts';

export type SweepPorts = BankPorts & { executions: Executions; parking: Parking };

/** Younger than this, a saga is left to the door that is just starting it. */
const QUIET_SECONDS = 20;
/** After five executions, or five since a person has looked, a person has to look. */
const MOST_EXECUTIONS = 5;
/** What one sweep looks at in each shard; the next one goes on with what is oldest then. */
const AT_MOST = 25;

/**
 * Finds what was left under way and sees to it that it goes on. It believes only the record and whether its
 * execution exists: a number without an execution is started, an ended execution of an unfinished payment is
 * followed by the next number. Whoever starts an execution raises the number first.
 */
export const sweep = (ports: SweepPorts) => async (): Promise<void> => {
  const quietSince = new Date(ports.now().getTime() - QUIET_SECONDS * 1000).toISOString();
  const payments = await ports.payments.oldestOpen(AT_MOST);
  for (const payment of payments.filter(({ createdAt }) => createdAt < quietSince)) {
    await attempt('payment', payment.id, () => carryOn(ports, payment));
  }
  const topUps = await ports.topUps.open(AT_MOST);
  for (const { id } of topUps.filter(({ createdAt }) => createdAt < quietSince)) {
    await attempt('top-up', id, () => finishTopUp(ports)(id));
  }
};

/** The bank's no ends a top-up; the others mean that somebody else has taken the saga over, or ended it. */
const NO_FAULT: ReadonlySet<string> = new Set(['PaymentDeclinedError', 'SupersededError', 'SagaTurnedError']);

/** One that cannot go on must not keep the others waiting; the next sweep tries it again. */
const attempt = async (what: string, id: string, work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (caught) {
    const error = HouseError.from(caught);
    logger()[NO_FAULT.has(error.name) ? 'info' : 'error'](`${what} could not go on`, { id, error });
  }
};

const carryOn = async (ports: SweepPorts, payment: Payment): Promise<void> => {
  const { id, actor, correlationId, traceparent } = payment;
  const state = await ports.executions.state(id, actor);
  if (state === 'running') return;
  if (state === 'absent') return ports.executions.start(payment);
  const executionId = `${id}.${actor}`;
  if (tried(payment) >= MOST_EXECUTIONS) {
    const input = { payment: id, correlationId, traceparent, error: 'TooManyExecutionsError' };
    await park(ports)(input, { executionId });
    return;
  }
  await ports.effects.commit({
    ...once(id, `execution-${actor + 1}`, executionId),
    changes: [handedOver(id, actor + 1)],
    answer: actor + 1,
  });
  await ports.executions.start({ ...payment, actor: actor + 1 });
  logger().info('saga started anew', { paymentId: id, execution: actor + 1 });
};

export const handler = queueConsumer({
  accepts: z.object({ sweep: z.literal('payments') }),
  handle: sweep,
  ports: () => ({ ...bankPorts(), executions: executionsPort(), parking: parkingPort() }),
});
