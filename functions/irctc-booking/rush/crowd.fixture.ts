/** People in a rush: they ask, ask again with the same key when no answer comes, and give tickets back. */
import { HouseError } from '../../../shared/errors/index.ts';
import { type Dice, takeAt } from '../../../shared/testing/dice.ts';
import type { RequestBooking } from '../contract.bookings.ts';
import type { BookingId } from '../contract.views.ts';
import { isInFlight } from '../domain/booking.ts';
import { cancelBooking } from '../doors/cancel-booking.ts';
import { requestBooking } from '../doors/request-booking.ts';
import type { Actors, End, Gate } from './actors.fixture.ts';
import type { RushPorts } from './ports.fixture.ts';
import { partyOf, type Scene } from './scene.fixture.ts';
import type { Watched } from './watched.fixture.ts';

export interface Crowd {
  readonly names: readonly string[];
  readonly made: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many things somebody wants to do. */
  readonly wanting: () => number;
  readonly act: () => Promise<void>;
  readonly later: (want: () => Promise<void>) => void;
}

interface World {
  readonly luck: Dice;
  readonly scene: Scene;
  readonly portsOf: (gate: Gate) => RushPorts;
  readonly crew: Actors;
  readonly note: (line: () => string) => void;
  readonly watched: Watched;
  readonly failed: (name: string, how: End) => void;
  /** Whether nothing but people is left, so that to wait would be for ever. */
  readonly isOver: () => boolean;
}

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** So often somebody asks again. */
const PATIENCE = 4;

export const crowd = ({ luck, scene, portsOf, crew, note, watched, failed, isOver }: World): Crowd => {
  const wants: (() => Promise<void>)[] = [];
  const made = new Map<string, Set<string>>();
  const names = Array.from({ length: scene.users }, (_, n) => `customer_${n + 1}`);
  let calls = 0;
  let cancels = 0;

  const newKey = () => {
    cancels += 1;
    return `cancel-${cancels}`;
  };

  /** Whoever gets no answer does not know what happened, and asks once more. */
  const isWorthMore = (how: End): boolean =>
    how === 'died' || (how !== 'done' && HouseError.from(how.error).retryable);
  const act = (
    name: string,
    live: (gate: Gate) => Promise<unknown>,
    again: (() => Promise<void>) | undefined,
  ) => {
    calls += 1;
    const whole = `${name} (call ${calls})`;
    note(() => `${whole} begins`);
    return crew.start(whole, live, (how) => {
      failed(whole, how);
      if (again && isWorthMore(how)) wants.push(again);
    });
  };

  const ask = (customer: string, key: string, body: RequestBooking, tries = 1): Promise<void> =>
    act(
      `${customer} asks for ${body.passengers.length} in ${body.quota} with ${key}`,
      async (gate) => {
        const call = {
          body,
          caller: { subject: customer, roles: ['customer'] as const },
          idempotencyKey: key,
        };
        const answer = await requestBooking(portsOf(gate))(call as never, {
          correlationId: key,
          traceparent: TRACE,
        });
        const { id } = answer.body;
        made.set(key, (made.get(key) ?? new Set()).add(id));
        if (tries === 1 && luck.onceIn(8)) wants.push(() => ask(customer, key, body, PATIENCE));
        if (luck.onceIn(scene.cancelsIn)) wants.push(() => cancelSome(customer, id));
      },
      tries < PATIENCE ? () => ask(customer, key, body, tries + luck.between(1, 3)) : undefined,
    );

  /** Most wait until they know what they have. */
  const cancelSome = async (customer: string, id: BookingId): Promise<void> => {
    const booking = watched.bookings.get(id);
    if (booking && isInFlight(booking) && !luck.onceIn(6) && !isOver())
      wants.push(() => cancelSome(customer, id));
    else await cancel(customer, id);
  };

  const cancel = (
    customer: string,
    id: BookingId,
    key = newKey(),
    of = someOf(id),
    tries = 1,
  ): Promise<void> =>
    act(
      `${customer} cancels ${of ? `passengers ${of}` : 'all'} of ${id.slice(-4)} with ${key}`,
      async (gate) => {
        const body = of === undefined ? {} : { passengers: of };
        const caller = { subject: customer, roles: ['customer'] as const };
        const call = { path: { bookingId: id }, body, caller, idempotencyKey: key };
        const { body: answer } = await cancelBooking(portsOf(gate))(call as never);
        if (answer.state !== 'CANCELLED' && luck.onceIn(3)) wants.push(() => cancel(customer, id));
      },
      tries < PATIENCE ? () => cancel(customer, id, key, of, tries + 1) : undefined,
    );

  const someOf = (id: BookingId): number[] | undefined => {
    const { passengers = [] } = watched.bookings.get(id) ?? {};
    if (passengers.length < 2 || luck.onceIn(2)) return undefined;
    const some = passengers.map(({ number }) => number).filter(() => luck.onceIn(2));
    return some.length === 0 ? [1] : some;
  };

  for (const customer of names) {
    const count = luck.onceIn(6) ? luck.between(2, 4) : 1;
    for (let n = 1; n <= count; n += 1)
      wants.push(() => ask(customer, `${customer}-${n}`, partyOf(luck, luck.oneOf(scene.quotas))));
  }
  return {
    ...{ names, made },
    wanting: () => wants.length,
    act: () => takeAt(wants, luck.below(wants.length))(),
    later: (want) => wants.push(want),
  };
};
