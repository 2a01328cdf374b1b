import { documentClient, env, eventBridgeClient, snsClient } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, markSent } from '../../../shared/effects/index.ts';
import { type EventBus, eventBus } from '../../../shared/messaging/bus.ts';
import type { CloudEvent } from '../../../shared/messaging/events.ts';
import { type Topic, topic } from '../../../shared/messaging/topic.ts';
import type { Now } from '../../../shared/time/index.ts';
import { currentTraceparent, inSpanOf, remainingMs } from '../../../shared/tracing/index.ts';

/** What carries the outbox of one system to the bus, and to the topics that it has. */
export interface OutboxPorts {
  readonly store: EffectStore;
  readonly bus: EventBus;
  /** The topic that events of a type go to; the bus where there is none. */
  readonly topicOf: (type: string) => Topic | undefined;
  readonly now: Now;
  /** Milliseconds that are left to the caller. */
  readonly remaining: () => number;
}

/** The outbox of the table that TABLE names: of the system whose stack deploys this instance. */
export const outboxPorts = (): OutboxPorts => ({
  store: dynamoStore({ client: documentClient(), table: env('TABLE') }),
  bus: eventBus({ client: eventBridgeClient(), busName: env('BUS_NAME') }),
  topicOf: topicsIn(process.env.TOPICS, (topicArn) => topic({ client: snsClient(), topicArn })),
  now: () => new Date(),
  remaining: remainingMs,
});

/**
 * Topics by the types of events that go there.
 *
 * @param json the ARNs by type, as the stack of a system with topics sets them: `{"irctc-booking.BookingAsked":"arn:…"}`
 */
export const topicsIn = (
  json: string | undefined,
  topicAt: (arn: string) => Topic,
): OutboxPorts['topicOf'] => {
  const arns = new Map(Object.entries(JSON.parse(json ?? '{}') as { readonly [type: string]: string }));
  // One for each ARN, so that events of several types go there in one order.
  const topics = new Map([...new Set(arns.values())].map((arn) => [arn, topicAt(arn)]));
  return (type) => topics.get(arns.get(type) ?? '');
};

/**
 * Puts events on the bus, or on the topics of their types, and marks them as sent, in this order: when it is stopped in
 * between they go out again. What goes to one topic goes in the order given.
 *
 * @throws {TransientError} bus or topic did not take them all, or relay and sweeper met at one event; again helps
 */
export const carry = async (
  { store, bus, topicOf, now }: Pick<OutboxPorts, 'store' | 'bus' | 'topicOf' | 'now'>,
  events: readonly CloudEvent[],
): Promise<void> => {
  const byWay = Map.groupBy(events, ({ type }): EventBus | Topic => topicOf(type) ?? bus);
  for (const [way, some] of byWay) await way.publish(some);
  for (const event of events) await noted(event);
  await markSent(store, events, now());
};

/** A mark in the trace of whoever told the event: from here on it is on its way. The batch belongs to many traces. */
const noted = ({ id, type, time, traceparent }: CloudEvent): Promise<void> => {
  const batch = currentTraceparent();
  const links = batch === undefined ? [] : [batch];
  const attributes = { 'cloudevents.event_id': id, 'cloudevents.event_type': type, toldAt: time };
  return inSpanOf(
    { name: `${type} sent`, kind: 'producer', parent: traceparent, links, attributes },
    async () => undefined,
  );
};
