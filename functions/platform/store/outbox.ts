import { documentClient, env, eventBridgeClient } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, markSent } from '../../../shared/effects/index.ts';
import { type EventBus, eventBus } from '../../../shared/messaging/bus.ts';
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import type { Now } from '../../../shared/time/index.ts';
import { currentTraceparent, inSpanOf, remainingMs } from '../../../shared/tracing/index.ts';

/** What carries the outbox of one system to the bus. */
export interface OutboxPorts {
  readonly store: EffectStore;
  readonly bus: EventBus;
  readonly now: Now;
  /** Milliseconds that are left to the caller. */
  readonly remaining: () => number;
}

/** The outbox of the table that TABLE names: of the system whose stack deploys this instance. */
export const outboxPorts = (): OutboxPorts => ({
  store: dynamoStore({ client: documentClient(), table: env('TABLE') }),
  bus: eventBus({ client: eventBridgeClient(), busName: env('BUS_NAME') }),
  now: () => new Date(),
  remaining: remainingMs,
});

/**
 * Puts events on the bus and marks them as sent, in this order: when it is stopped in between they go out again.
 *
 * @throws {TransientError} the bus did not take them all, or relay and sweeper met at one event; again helps
 */
export const carry = async (
  { store, bus, now }: Pick<OutboxPorts, 'store' | 'bus' | 'now'>,
  events: readonly CloudEvent[],
): Promise<void> => {
  await bus.publish(events);
  for (const event of events) await noted(event);
  await markSent(
    store,
    events.map(({ id }) => id),
    now(),
  );
};

/** A mark in the trace of whoever told the event: from here on it is on the bus. The batch belongs to many traces. */
const noted = ({ id, type, time, traceparent }: CloudEvent): Promise<void> => {
  const batch = currentTraceparent();
  const links = batch === undefined ? [] : [batch];
  const attributes = { 'cloudevents.event_id': id, 'cloudevents.event_type': type, toldAt: time };
  return inSpanOf(
    { name: `${type} sent`, kind: 'producer', parent: traceparent, links, attributes },
    async () => undefined,
  );
};
