import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { HouseError } from '../errors/index.ts';
import type { CloudEvent } from './events.ts';
import { messageAttributes, text } from './queue.ts';

/** So many are under way at once: a call takes some ten milliseconds, and a batch of a stream is up to a hundred events. */
const MOST_AT_ONCE = 10;

export interface Topic {
  /**
   * Tells events to a topic; resolves when every one was accepted. The event is the message. Its type is an attribute, by
   * which queues choose; trace and correlation id are the event's own.
   *
   * In a FIFO topic the group is the event's `partitionkey`, and an event follows those before it of its group only when
   * they were accepted: what is told in order arrives in order. The event's id is told once within five minutes.
   *
   * @throws {TypeError} an event for a FIFO topic has no `partitionkey`; nothing was sent
   * @throws {TransientError} not all were accepted. Send all again: consumers know an event by its id
   * @throws {UnexpectedError} one will never be accepted as it is
   */
  publish(events: readonly CloudEvent[]): Promise<void>;
}

/**
 * A topic: `topic({ client: snsClient(), topicArn })`. One call an event: a batch of which a part is refused would let a
 * later event pass an earlier one of its group. (The emulator also asks a right of its own for batches, which AWS has
 * not, and forgets the groups in one.)
 */
export const topic = ({
  client,
  topicArn,
}: {
  readonly client: Pick<SNSClient, 'send'>;
  readonly topicArn: string;
}): Topic => ({
  async publish(events) {
    const inputs = events.map((event) => ({
      TopicArn: topicArn,
      Message: JSON.stringify(event),
      MessageAttributes: {
        type: text(event.type),
        ...messageAttributes(event.traceparent, event.correlationid),
      },
      ...(topicArn.endsWith('.fifo') ? inOrder(event) : {}),
    }));
    for (const wave of waves(inputs)) {
      const results = await Promise.allSettled(wave.map((input) => client.send(new PublishCommand(input))));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw HouseError.from(failed.reason); // the SDK has made its own attempts
    }
  },
});

const inOrder = ({ id, type, partitionkey }: CloudEvent) => {
  if (partitionkey === undefined)
    throw new TypeError(`${type} goes to a FIFO topic and names no partitionkey`);
  return { MessageGroupId: partitionkey, MessageDeduplicationId: id };
};

/** What goes side by side: of each group one, so that the next one of it follows when this one was accepted. */
const waves = <T extends { readonly MessageGroupId?: string }>(inputs: readonly T[]): readonly T[][] => {
  const made: T[][] = [];
  const next = new Map<string, number>();
  for (const input of inputs) {
    const group = input.MessageGroupId;
    let wave = (group === undefined ? undefined : next.get(group)) ?? 0;
    while ((made[wave]?.length ?? 0) >= MOST_AT_ONCE) wave += 1;
    made[wave] = [...(made[wave] ?? []), input];
    if (group !== undefined) next.set(group, wave + 1);
  }
  return made;
};
