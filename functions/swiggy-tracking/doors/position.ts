import { InvalidInputError } from '../../../shared/errors/index.ts';
import { type CommandOf, socketHandler } from '../../../shared/lambda/index.ts';
import { socket } from '../contract.socket.ts';
import { concerning, followerOf } from '../domain/access.ts';
import { OrderEndedError } from '../domain/errors.ts';
import { AHEAD_MS, taken } from '../domain/positions.ts';
import { hasEnded, isPickedUp } from '../domain/tracked.ts';
import { messages } from '../messages.ts';
import { connectionPorts } from '../store/connection-ports.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';
import { type PushQueue, pushQueue } from '../store/push-queue.ts';

type PositionPorts = Pick<LogPorts, 'orders' | 'positions' | 'now'> & PushQueue;

/**
 * Takes where a rider is, and has it sent: at most once a second, and the newest. What is written first and not asked for,
 * because the queue is out of reach, the next position asks for.
 * @throws {NotFoundError} there is no such order, or another rider has it
 * @throws {OrderEndedError} nobody rides for it any more
 * @throws {InvalidInputError} the time has not come yet
 */
export const position =
  (ports: PositionPorts) =>
  async ({ payload, session }: CommandOf<typeof socket.commands.position>) => {
    const { order: id, latitude, longitude, at } = payload;
    const now = ports.now();
    if (Date.parse(at) > now.getTime() + AHEAD_MS) throw new InvalidInputError({ issues: [NOT_YET] });
    const rider = followerOf(session.subject, session.role);
    const [found, places] = await Promise.all([ports.orders.find(id), ports.positions.placesOf(id)]);
    const order = concerning(found?.tracked, id, rider);
    if (hasEnded(order)) throw new OrderEndedError({ order: id, state: order.state });
    const to = places && (isPickedUp(order) ? places.delivery : places.restaurant);
    const fix = { latitude, longitude, at, rider: rider.subject };
    const kept = await ports.positions.change(id, (known) => taken(known, fix, { to, now }));
    if (kept === undefined) return { order: id, taken: false };
    if (kept.askAfterSeconds !== undefined) await ports.ask(id, kept.askAfterSeconds);
    const { arrival } = kept.record;
    return { order: id, taken: true, ...(arrival ? { arrival } : {}) };
  };

const NOT_YET = {
  field: 'payload.at',
  expected: 'a time that has come',
  expectedHi: 'ऐसा समय जो आ चुका हो',
};

export const handler = socketHandler({
  on: socket.commands.position,
  handle: position,
  ports: () => ({ ...logPorts(), ...connectionPorts(), ...pushQueue() }),
  messages,
});
