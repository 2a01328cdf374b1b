import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type {
  FollowerRole,
  ListenerRole,
  LogItem,
  PositionView,
} from '../../../functions/swiggy-tracking/contract.ts';
import { events } from '../../../functions/zomato-ordering/contract.events.ts';
import { OrderId, type OrderState } from '../../../functions/zomato-ordering/contract.views.ts';
import { newId, uuidV7 } from '../../../shared/ids/index.ts';
import { eventBus } from '../../../shared/messaging/bus.ts';
import type { CloudEvent, OutgoingEvent } from '../../../shared/messaging/events.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { BUS_NAME } from '../../../stacks/constructs/system-stack.ts';
import { type Connected, connectedAs, type TrackingDoors, trackingAs } from '../../story/live.ts';
import type { openCity } from '../city.ts';

type City = Pick<ReturnType<typeof openCity>, 'city' | 'stage' | 'aws'>;

/** Whoever takes part in an order, and what they have been told. */
export interface Person extends Connected {
  readonly items: LogItem[];
  readonly positions: PositionView[];
  /** The names of errors that ended their following. */
  readonly refused: string[];
  follow(order: OrderId): void;
  /** Waits until they have so many items. */
  has(sequence: number): Promise<void>;
}

/** People who follow orders in the city under test; what ordering would tell is put on the bus by the test. */
export const trackingIn = ({ city, stage, aws }: City) => {
  const bus = eventBus({ client: new EventBridgeClient(aws), busName: BUS_NAME });
  const people: Person[] = [];
  const doorsOf = (subject: string, role: FollowerRole) => trackingAs(stage, stage.subject(subject, role));

  const operator = trackingAs(stage, stage.operator);

  const listener = (
    doors: TrackingDoors,
    role: ListenerRole,
    options: Parameters<typeof connectedAs>[2] = {},
  ): Person => {
    const items: LogItem[] = [];
    const positions: PositionView[] = [];
    const refused: string[] = [];
    const connected = connectedAs(doors, role, options);
    const { tracking } = connected;
    const made: Person = {
      ...{ ...connected, items, positions, refused },
      follow: (order) =>
        void tracking.follow({
          order,
          onItem: (item) => items.push(item),
          onPosition: (position) => positions.push(position),
          onRefused: ({ name }) => refused.push(name),
        }),
      has: async (sequence) => {
        await waitFor(
          (seen) => {
            seen(items.length);
            return items.length >= sequence;
          },
          { what: `${role} to have item ${sequence}`, timeoutMs: 60_000 },
        );
      },
    };
    people.push(made);
    return made;
  };

  return {
    person: (subject: string, role: FollowerRole, options: Parameters<typeof listener>[2] = {}) =>
      listener(doorsOf(subject, role), role, options),
    /** Somebody who looks as an operator. */
    onlooker: () => listener(operator, 'operator'),
    doorsOf,
    operator,
    stranger: () => trackingAs(stage, stage.subject(newId('customer', uuidV7), 'customer')),
    /** Ends every connection that was opened here. */
    close: () => {
      for (const { tracking } of people) tracking.close();
    },
    socketUrl: city.systems['swiggy-tracking']?.socketUrl as string,
    /** A new order, and what ordering tells of it. */
    order(rider: string, restaurant = 'rest_burger_king') {
      const id = OrderId.parse(newId('order', uuidV7));
      const customer = newId('customer', uuidV7);
      const about = { order: id, customer, restaurant };
      const told = { subject: id, correlationId: crypto.randomUUID() };
      let version = 0;
      const made = (event: OutgoingEvent): CloudEvent => ({
        ...{ id: crypto.randomUUID(), time: new Date().toISOString() },
        ...event,
      });
      const next = () => {
        version += 1;
        return version;
      };
      const now = () => new Date().toISOString();
      return {
        ...{ id, customer, restaurant, rider },
        placed: () => {
          const estimatedDelivery = new Date(Date.now() + 40 * 60_000).toISOString();
          const data = { ...about, total: 78_000, method: 'wallet', estimatedDelivery } as const;
          return made(events.placed.of({ ...told, sequence: next(), data }));
        },
        moved: (from: OrderState, to: OrderState) => {
          const data = { ...about, from, to, by: 'kitchen', at: now() } as const;
          return made(events.moved.of({ ...told, sequence: next(), data }));
        },
        rides: (state: 'RIDER_ASSIGNED' | 'RIDER_UNASSIGNED' = 'RIDER_ASSIGNED') => {
          const data = { ...about, state, rider, at: now() };
          return made(events.riderChanged.of({ ...told, sequence: next(), data }));
        },
        tells: (...heard: readonly CloudEvent[]) => bus.publish(heard),
      };
    },
  };
};
