import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { CloudEvent } from './events.ts';
import { cut, insist, type SendingPorts } from './insist.ts';

/** What EventBridge takes in one call. */
const LIMITS = { most: 10, mostBytes: 256 * 1024 };
/** Source, type, time and the like, generously. */
const AROUND_BYTES = 512;

export interface EventBus {
  /**
   * Puts events on the bus; resolves when every one was accepted. Source and detail type are those of the event, and
   * the event is the detail, so that a rule passes it on whole.
   *
   * @throws {TransientError} not all were accepted in time. Send all again: consumers know an event by its id
   */
  publish(events: readonly CloudEvent[]): Promise<void>;
}

/** The bus of the city: `eventBus({ client: eventBridgeClient(), busName: env('BUS_NAME') })`. */
export const eventBus = ({
  client,
  busName,
  ...ports
}: {
  readonly client: Pick<EventBridgeClient, 'send'>;
  readonly busName: string;
} & SendingPorts): EventBus => ({
  async publish(events) {
    const entries = events.map((event) => ({
      EventBusName: busName,
      Source: event.source,
      DetailType: event.type,
      Time: new Date(event.time),
      Detail: JSON.stringify(event),
    }));
    await insist(
      entries,
      (some) => cut(some, ({ Detail }) => Buffer.byteLength(Detail) + AROUND_BYTES, LIMITS),
      async (batch) => {
        const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...batch] }));
        return batch.flatMap((entry, index) => {
          const reason = Entries[index]?.ErrorCode;
          return reason === undefined ? [] : [{ entry, reason }];
        });
      },
      ports,
    );
  },
});
