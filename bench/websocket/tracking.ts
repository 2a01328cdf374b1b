/** Rooms of tracking: each an order of its own, followed by true tickets by who ordered, rides and cooks it. */
import { randomUUID } from 'node:crypto';
import type { FollowerRole } from '../../functions/swiggy-tracking/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { credentials } from '../../localstack/e2e/city.ts';
import { trackingIn } from '../../localstack/e2e/swiggy-tracking/orders.ts';
import type { Stage } from '../../localstack/story/stage.ts';
import { waitFor } from '../../shared/testing/index.ts';
import type { Connection } from './connection.ts';
import type { House, Room } from './rooms.ts';

/** Who speaks, by their places; all others are devices of who ordered. */
const SPEAKERS: readonly FollowerRole[] = ['customer', 'rider', 'kitchen'];

export const trackingHouse = (city: CityFile, stage: Stage): House => {
  const aws = { endpoint: city.endpoint, region: city.region, credentials };
  const tracking = trackingIn({ city, stage, aws });
  return {
    async room(): Promise<Room> {
      const run = randomUUID().replaceAll('-', '_');
      const order = tracking.order(`rider_${run}`, `rest_${run}`);
      await order.tells(order.placed(), order.rides());
      const path = { orderId: order.id };
      await waitFor(async () => (await tracking.operator.readLog({ path, query: {} })).body.head === 2, {
        what: 'the log to have the order and its rider',
        timeoutMs: 60_000,
      });
      const subjects = { customer: order.customer, rider: order.rider, kitchen: order.restaurant };
      const doors = Object.fromEntries(
        SPEAKERS.map((role) => [role, tracking.doorsOf(subjects[role], role)] as const),
      );
      return {
        async address(nth) {
          const role = SPEAKERS[nth] ?? 'customer';
          return (await doors[role]?.issueTicket({ body: { role } }))?.body.url ?? '';
        },
        follow: (connection) => asked(connection, 'subscribe', { order: order.id }),
        say: (connection, mark) =>
          asked(connection, 'chat', { order: order.id, text: mark, clientMessageId: mark }),
      };
    },
    remove: async () => tracking.close(),
  };
};

/** Has a command answered. @throws {Error} it was refused */
export const asked = async (connection: Connection, type: string, payload: object): Promise<void> => {
  const id = randomUUID();
  connection.send(JSON.stringify({ type, id, payload }));
  for (;;) {
    const frame = JSON.parse(await connection.answer()) as Frame;
    // What the log had before may be sent late.
    if (frame.id !== id) continue;
    if (frame.type === 'ack') return;
    throw new Error(`${type}: ${frame.error?.name}`);
  }
};

interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly error?: { readonly name: string };
}
