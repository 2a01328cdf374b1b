import { fingerprintOf } from '../../../shared/effects/fingerprint.ts';
import { untilUnchanged } from '../../../shared/effects/until-unchanged.ts';
import { type CallContext, type CommandOf, socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { concerning, followerOf } from '../domain/access.ts';
import { written } from '../domain/chat.ts';
import { hasEnded } from '../domain/tracked.ts';
import { messages } from '../messages.ts';
import { connectionPorts } from '../store/connection-ports.ts';
import { counted } from '../store/orders.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/** A message under the same name is the same message for so long. */
export const REMEMBERED_DAYS = 7;

/**
 * Writes a message into the log of an order; it is sent from there to all who follow it, the sender too. Again under the same
 * clientMessageId it answers where the first one stands.
 * @throws {NotFoundError} there is no such order, or it is none of the sender's
 * @throws {OrderEndedError} nobody reads there any more
 * @throws {TooManyRequestsError} the sender writes too much; it helps to wait
 * @throws {IdempotencyKeyReusedError} another text under the same clientMessageId
 */
export const chat =
  (ports: LogPorts) =>
  async (
    { payload, session }: CommandOf<typeof socket.commands.chat>,
    { correlationId, traceparent }: Pick<CallContext, 'correlationId' | 'traceparent'>,
  ) => {
    const { order: id, text, clientMessageId } = payload;
    const sender = followerOf(session.subject, session.role);
    const effect = {
      ...{ owner: `chat ${id} ${sender.subject}`, name: clientMessageId, keepDays: REMEMBERED_DAYS },
      fingerprint: await fingerprintOf(text),
    };
    return untilUnchanged(ports)(async () => {
      const found = await ports.orders.find(id);
      const order = concerning(found?.tracked, id, sender);
      // Who lost the answer to the last message before the end still gets it.
      const before = hasEnded(order) ? await ports.orders.appended(effect) : undefined;
      if (before) return { order: id, ...before };
      const now = ports.now();
      const { answer } = await ports.orders.append(found, {
        ...{ tracked: order, effect, item: written(order, sender, payload, now.toISOString()) },
        origin: { correlationId, ...(traceparent === '' ? {} : { traceparent }) },
        changes: [counted(sender.subject, now)],
      });
      return { order: id, ...answer };
    });
  };

export const handler = socketHandler({
  on: socket.commands.chat,
  handle: chat,
  ports: () => ({ ...logPorts(), ...connectionPorts() }),
  messages,
});
