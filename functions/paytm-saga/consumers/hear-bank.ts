import { effectOfMessage } from '../../../shared/effects/of-message.ts';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events as bankEvents } from '../../sandbox-bank/contract.ts';
import { PaymentId } from '../contract.ts';
import { works } from '../contract.works.ts';
import { SagaTurnedError } from '../domain/errors.ts';
import type { Tokens } from '../domain/ports.ts';
import { happened } from '../store/history.ts';
import { heardFromBank } from '../store/payments.ts';
import { tablePorts } from '../store/ports.ts';
import type { SagaPorts } from '../store/saga.ts';
import { tokensPort } from '../store/tokens.ts';

/**
 * The bank tells what became of what it had left open: the payer approved or declined, nobody answered, the money has
 * come. It is written with the payment first, and only then whoever waits is woken; so the answer is there, whatever
 * becomes of the token. What is not ours, or has gone on without it, is no news.
 */
export const hearBank =
  ({ payments, effects, now, tokens }: SagaPorts & { tokens: Tokens }) =>
  async (event: CloudEventOf<typeof bankEvents.operationChanged>): Promise<void> => {
    const { data } = event;
    const payment = PaymentId.safeParse(data.key);
    if (data.client !== 'paytm-saga' || !payment.success || !(await payments.find(payment.data))) return;
    const id = payment.data;
    const step = data.state === 'captured' ? 'process_payment' : 'reserve_funds';
    try {
      await effects.commit({
        effect: effectOfMessage(works.hearBank, event),
        ...happened(id, 'heard', { step, bank: data.state }),
        changes: [heardFromBank(id, { step, what: data.state, at: now().toISOString() })],
        answer: data.state,
      });
    } catch (error) {
      if (!(error instanceof SagaTurnedError)) throw error;
      logger().info('the bank tells of what has gone on without it', { paymentId: id, state: data.state });
      return;
    }
    const { waiting } = await payments.load(id);
    if (waiting) await tokens.wake(waiting.token);
  };

export const handler = queueConsumer({
  accepts: bankEvents.operationChanged.schema,
  handle: hearBank,
  ports: () => ({ ...tablePorts(), tokens: tokensPort() }),
});
