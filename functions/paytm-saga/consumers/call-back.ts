import * as z from 'zod';
import { env, secretOnce, secretsClient } from '../../../shared/aws/index.ts';
import { effectOfMessage } from '../../../shared/effects/of-message.ts';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { type Callback, events } from '../contract.ts';
import { works } from '../contract.works.ts';
import { callbackOf, keyOf, type Receiver, signed, taken } from '../domain/callback.ts';
import { loopbackCallbacks, receiverOverHttp } from '../peers.receiver.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

export interface CallBackPorts extends Pick<TablePorts, 'payments' | 'effects' | 'now'> {
  readonly receiver: Receiver;
  /** Of which the key of each payer is made. */
  readonly secret: () => Promise<string>;
}

type Ended =
  | CloudEventOf<typeof events.completed>
  | CloudEventOf<typeof events.refused>
  | CloudEventOf<typeof events.compensated>;

const STATUS: { readonly [T in Ended['type']]: Callback['data']['status'] } = {
  [events.completed.type]: 'completed',
  [events.refused.type]: 'refused',
  [events.compensated.type]: 'compensated',
};

/**
 * Tells the payer's system how its payment ended, where it asked for that. At least once: what was taken is not told
 * again, but a call whose answer was lost is made again, under the same `webhook-id`.
 * @throws {CallbackForbiddenError} the address is not one to call; a retry cannot help, so it is parked
 * @throws {CallbackRefusedError} the receiver said no for good; parked
 * @throws {CallbackUnansweredError} no answer, or "not now"; it comes again
 */
export const callBack =
  ({ payments, effects, now, receiver, secret }: CallBackPorts) =>
  async (event: Ended): Promise<void> => {
    const payment = await payments.load(event.data.payment);
    if (payment.callbackUrl === undefined) return;
    const effect = effectOfMessage(works.callBack, event);
    if ((await effects.answerOf(effect)) !== undefined) return;

    const url = new URL(payment.callbackUrl);
    const ending = { event: event.id, at: event.time, status: STATUS[event.type] };
    const body = JSON.stringify(callbackOf(payment, ending));
    const key = keyOf(await secret(), payment.payer);
    const status = await receiver.post(url, {
      headers: signed(key, { id: event.id, at: now(), body }),
      body,
    });
    taken(url.hostname, status);
    await effects.commit({ effect, answer: status });
    logger().info('callback taken', { paymentId: payment.id, host: url.hostname, status });
  };

export const handler = queueConsumer({
  accepts: z.union([events.completed.schema, events.refused.schema, events.compensated.schema]),
  handle: callBack,
  ports: () => ({
    ...tablePorts(),
    receiver: receiverOverHttp({ loopback: loopbackCallbacks() }),
    secret: secretOnce(secretsClient(), env('CALLBACK_SECRET_ARN'), 'callbacks'),
  }),
});
