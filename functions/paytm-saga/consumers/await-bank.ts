import { SupersededError } from '../../../shared/effects/index.ts';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import { WaitForBank } from '../contract.ts';
import { SagaTurnedError } from '../domain/errors.ts';
import { openStep } from '../domain/payment.ts';
import type { Tokens } from '../domain/ports.ts';
import { waitKept } from '../store/payments.ts';
import { tablePorts } from '../store/ports.ts';
import { once, type SagaPorts } from '../store/saga.ts';
import { tokensPort } from '../store/tokens.ts';

/**
 * An execution waits for the bank: keeps the token that wakes it with the payment, where `hear-bank` finds it. What the
 * bank has told meanwhile wakes it at once: of the two writes one comes second, and whoever comes second sees both.
 * A token only wakes, so losing one costs time and nothing else: the wait ends by itself, and the record is read again.
 */
export const awaitBank =
  ({ payments, effects, tokens }: Pick<SagaPorts, 'payments' | 'effects'> & { tokens: Tokens }) =>
  async ({
    context: { executionId, enteredAt },
    input: { payment: id },
    token,
  }: WaitForBank): Promise<void> => {
    try {
      await effects.commit({
        ...once(id, `waits-${executionId}-${enteredAt}`, executionId, { keepDays: 30 }),
        changes: [waitKept(id, { token, execution: executionId })],
        answer: enteredAt,
      });
    } catch (error) {
      // Nobody waits for this execution any more: awake, it finds that out and ends.
      if (!(error instanceof SupersededError || error instanceof SagaTurnedError)) throw error;
      logger().info('an execution waits that may not act', { paymentId: id, executionId });
      return tokens.wake(token);
    }
    const payment = await payments.load(id);
    const step = openStep(payment);
    if (step === undefined || payment.heard?.step === step) await tokens.wake(token);
  };

export const handler = queueConsumer({
  accepts: WaitForBank,
  handle: awaitBank,
  ports: () => ({ ...tablePorts(), tokens: tokensPort() }),
});
