import { put } from '../../../shared/effects/index.ts';
import { effectOfMessage } from '../../../shared/effects/of-message.ts';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events } from '../contract.ts';
import { works } from '../contract.works.ts';
import { notices } from '../messages.ts';
import { noticeKey } from '../store/keys.ts';
import { type TablePorts, tablePorts } from '../store/ports.ts';

/**
 * Delivers a notice or a receipt in both languages, once for each event. What a messenger would send stands in the
 * table instead, where the recipient's channel would pick it up.
 */
export const deliverNotice =
  ({ effects, now }: Pick<TablePorts, 'effects' | 'now'>) =>
  async (event: CloudEventOf<typeof events.noticeRequested>): Promise<void> => {
    const { payment, kind, refund, recipient, amount } = event.data;
    await effects.commit({
      effect: effectOfMessage(works.deliverNotice, event),
      changes: [
        // A payment may be refunded in parts, and each has a notice of its own.
        put(noticeKey(payment, refund === undefined ? kind : `${kind}#${refund}`), {
          recipient,
          en: notices[kind].en(amount),
          hi: notices[kind].hi(amount),
          deliveredAt: now().toISOString(),
        }),
      ],
      answer: kind,
    });
  };

export const handler = queueConsumer({
  accepts: events.noticeRequested.schema,
  handle: deliverNotice,
  ports: tablePorts,
});
