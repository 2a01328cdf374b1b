/** What an order that is followed asks of AWS, in the running city. */
import { setTimeout as pause } from 'node:timers/promises';
import { type FollowerRole, routes } from '../../functions/swiggy-tracking/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { openStage, type Stage } from '../../localstack/story/stage.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { type Connection, connected } from '../websocket/connection.ts';
import { asked } from '../websocket/tracking.ts';
import { doorCalls, type MeasuredRun } from './acts.ts';
import type { ActUse } from './measured.ts';
import { type Supper, suppersIn } from './suppers.ts';
import { functionsOf, throughDoors } from './through.ts';

/** What runs each minute whatever is followed, and what serves riders, the curious, and who has booked berths. */
const NOT_OF_A_FOLLOWER =
  /-(sweep-outbox|openapi|register-rider|get-rider|read-log|read-booking-log|follow-bookings)$/;
const FOLLOWERS = { three: 3, ten: 10 } as const;
type Kind = keyof typeof FOLLOWERS;
const MINUTES = 30;
/** One look in half a minute, and one fix in ten seconds of the second half. */
const LOOKS = MINUTES * 2;
const FIXES = (MINUTES / 2) * 6;
/** A position is sent once a second at most: sooner, the next would wait in its queue. */
const A_PUSH_MS = 1_100;
/** The items of the log before the order is brought; who has them asks for none. */
const HAS_ALL = 9;
/** What was told last has been heard by then. */
const SETTLED_MS = 5_000;
const ROLES: readonly FollowerRole[] = ['customer', 'kitchen', 'rider'];
/** From Colaba along the sea, step by step. */
const BEGINS = { latitude: 18.9228, longitude: 72.8317 };
const STEP = 0.0002;

export const measureTracking = async (city: CityFile, times: number): Promise<MeasuredRun> => {
  const stage = openStage(city);
  const functions = functionsOf(city, 'swiggy-tracking').filter((name) => !NOT_OF_A_FOLLOWER.test(name));
  const { found, memory } = await throughDoors(city, functions, async (counting) => {
    const supper = await suppersIn(stage, 1 + 2 * times);
    let suppers = 0;
    const followed = async (kind: Kind, parts: Parts) => {
      suppers += 1;
      return follow(stage, await supper(suppers), FOLLOWERS[kind], parts);
    };
    // A short one before: starting a worker is not what is measured.
    await followed('three', { looks: 2, fixes: 2 });
    const used = async (kind: Kind): Promise<ActUse> => {
      const { use, traces, gave, from } = await counting(times, () =>
        followed(kind, { looks: LOOKS, fixes: FIXES }),
      );
      const requests = (await doorCalls(city, 'swiggy-tracking', functions, from)) / times;
      const socketMessages = gave.reduce((sum, one) => sum + one, 0) / times;
      return {
        act: { ...use, requests, socketMessages, connectionMinutes: MINUTES * FOLLOWERS[kind] },
        traces,
      };
    };
    return { three: await used('three'), ten: await used('ten') };
  });
  return { kinds: found, memory };
};

interface Parts {
  readonly looks: number;
  readonly fixes: number;
}

/** Has a command answered; on a machine that has much to do it is refused at times, and sent again as a client does. */
const insisted = (...command: Parameters<typeof asked>) =>
  waitFor(() => asked(...command).then(() => true), {
    ...{ what: `an answer to ${command[1]}`, timeoutMs: 30_000, everyMs: 500 },
  });

/** An order of half an hour in short; answers how many messages went over its connections. */
const follow = async (
  stage: Stage,
  { order, customer, restaurant, rider, move, take }: Supper,
  followers: number,
  { looks, fixes }: Parts,
): Promise<number> => {
  const subjects = { customer, kitchen: restaurant, rider };
  // By a door that is not counted.
  const operator = stage.as(stage.operator, 'swiggy-tracking', routes);
  const logHas = (head: number) =>
    waitFor(async () => (await operator.readLog({ path: { orderId: order }, query: {} })).body.head >= head, {
      ...{ what: `the log to have ${head} items`, timeoutMs: 60_000, everyMs: 500 },
    });
  const people: Connection[] = [];
  const joins = async (nth: number): Promise<void> => {
    const role = ROLES[nth] ?? 'customer';
    const doors = stage.as(stage.subject(subjects[role], role), 'swiggy-tracking', routes);
    const connection = await connected((await doors.issueTicket({ body: { role } })).body.url);
    await insisted(connection, 'subscribe', { order, from: 0 });
    people.push(connection);
  };
  await logHas(1);
  await joins(0);
  await move('ACCEPTED');
  await take();
  await logHas(3);
  for (let nth = 1; nth < followers; nth += 1) await joins(nth);
  const [eats, , brings] = people;
  if (!eats || !brings) throw new Error('somebody is missing');
  const chat = (who: Connection, clientMessageId: string, text: string) =>
    insisted(who, 'chat', { order, text, clientMessageId });
  await chat(eats, 'c-1', 'Second floor, please');
  await chat(brings, 'r-1', 'मैं पहुँच रहा हूँ');
  for (const to of ['PREPARING', 'READY', 'PICKED_UP', 'OUT_FOR_DELIVERY'] as const) await move(to);
  await logHas(HAS_ALL);
  await pause(SETTLED_MS);
  let looked = 0;
  for (let fix = 1; fix <= fixes; fix += 1) {
    const at = new Date().toISOString();
    const place = { ...BEGINS, latitude: BEGINS.latitude - fix * STEP };
    const before = eats.frames();
    await insisted(brings, 'position', { order, ...place, at });
    await waitFor(() => eats.frames() > before, { what: 'the position to be seen', timeoutMs: 30_000 });
    const until = performance.now() + A_PUSH_MS;
    for (; looked < Math.round((looks * fix) / fixes); looked += 1)
      await Promise.all(people.map((one) => insisted(one, 'subscribe', { order, from: HAS_ALL })));
    await pause(Math.max(0, until - performance.now()));
  }
  await move('DELIVERED');
  await pause(SETTLED_MS);
  for (const one of people) one.close();
  return people.reduce((sum, one) => sum + one.frames(), 0);
};
