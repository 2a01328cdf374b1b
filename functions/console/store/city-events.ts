/**
 * The events of the city in their table:
 *
 * | pk | sk | What |
 * |---|---|---|
 * | `LANE#<n>` | place | an event where it arrived |
 * | `SUBJECT#<subject>` | place in the lane of the subject | the same, for who asks for one subject |
 * | `HEAD#<n>` | `HEAD` | the last place of a lane; kept when the events are gone, so that places never come again |
 *
 * The next place is given away in the transaction that fills it. So a place is never seen before the one under it, and
 * who has read up to a place misses nothing when it reads on from there.
 */
import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import {
  absent,
  cursorOf,
  type EffectStore,
  type Effects,
  effects,
  equals,
  put,
  type Surroundings,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { shardOf } from '../../../shared/effects/shard.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { untilUnchanged } from '../../../shared/effects/until-unchanged.ts';
import type { Now } from '../../../shared/time/index.ts';
import { EVENT_KEEP_DAYS, EVENT_LANES } from '../contract.ts';
import type { KeptEvent } from '../domain/city-events.ts';
import { merged, NOWHERE, type Placed, type Places, type Stretch } from '../domain/lanes.ts';
import type { CityEvents, EventQuestion } from '../domain/ports.ts';

/** Longer than any queue and any dead letter keeps a message. */
const KNOWN_DAYS = 30;
/** With less than this left no new try begins. */
const A_TRY_MS = 1_000;
/** Whoever was faster has written already: a place is soon free. */
const PAUSES = { baseMs: 5, capMs: 50 };
/** A look reads so many events of each lane, so many times at most. */
const STRETCH = 200;
const LOOKS = 5;

/** Events on any store of effects: the table's, or one in memory. */
export const cityEvents = (
  store: EffectStore,
  { commit, answerOf }: Effects,
  around: Pick<Surroundings, 'chance' | 'deadline' | 'pause'>,
): CityEvents => {
  const insist = untilUnchanged(around, {
    tries: Number.POSITIVE_INFINITY,
    hasTime: () => around.deadline() >= A_TRY_MS,
    pauses: PAUSES,
  });
  const turns = new Map<number, Promise<void>>();
  const append = async (event: KeptEvent, lane: number): Promise<void> => {
    const last = Number((await store.get(headKey(lane)))?.last ?? 0);
    const place = last + 1;
    const sk = skOf(place);
    const item = { ...event, place, expiresAt: expiryOf(event) };
    const isNext = when(
      last === 0 ? absent() : equals('last', last),
      (found) => new VersionConflictError({ expected: last, found: Number(found?.last ?? 0) }),
    );
    await commit({
      effect: effectOf(event.id),
      changes: [
        update(headKey(lane), { set: { last: place } }, isNext),
        put({ pk: lanePk(lane), sk }, item),
        put({ pk: subjectPk(event.subject), sk }, item),
      ],
      answer: { lane, place },
    });
  };
  return {
    async keep(event) {
      const lane = laneOf(event.subject);
      // Those of one batch would only take each other's place.
      const turn = (turns.get(lane) ?? Promise.resolve()).then(() => insist(() => append(event, lane)));
      turns.set(
        lane,
        turn.catch(() => undefined),
      );
      await turn;
    },

    async find(id) {
      const found = await answerOf<{ lane: number; place: number }>(effectOf(id));
      const item = found && (await store.get({ pk: lanePk(found.lane), sk: skOf(found.place) }));
      return item && placed(item).event;
    },

    async before(places, question) {
      const { taken, tops, at, more } = await looked(store, question, places, true);
      return { items: taken, tops, ...(more ? { next: at } : {}) };
    },

    async after(places, question) {
      const { taken, at, more } = await looked(store, question, places, false);
      return { items: taken, seen: at, more };
    },
  };
};

/** Looks on until there is enough, nothing more, or it has looked often. */
const looked = async (
  store: EffectStore,
  { subject, wanted, limit }: EventQuestion,
  from: Places | undefined,
  newestFirst: boolean,
) => {
  const lanes = subject === undefined ? NOWHERE.map((_, lane) => lane) : [laneOf(subject)];
  const taken: KeptEvent[] = [];
  let [at, tops, more] = [from, NOWHERE, true];
  for (let look = 0; more && taken.length < limit && look < LOOKS; look += 1) {
    const stretches = await Promise.all(
      lanes.map((lane) => {
        const pk = subject === undefined ? lanePk(lane) : subjectPk(subject);
        return stretchOf(store, { lane, pk, from: at?.[lane], newestFirst });
      }),
    );
    if (look === 0) tops = topsOf(stretches);
    // What arrives between two looks stands above, and comes with the next question.
    at ??= tops.map((top) => top + 1);
    const found = merged(stretches, { newestFirst, limit: limit - taken.length, wanted });
    taken.push(...found.taken);
    at = at.map((place, lane) => found.passed.get(lane) ?? place);
    more = found.more;
  }
  return { taken, tops, at: at ?? NOWHERE, more };
};

const stretchOf = async (
  store: EffectStore,
  {
    lane,
    pk,
    from,
    newestFirst,
  }: { lane: number; pk: string; from: number | undefined; newestFirst: boolean },
): Promise<Stretch> => {
  const { items, next } = await store.query({
    pk,
    limit: STRETCH,
    newestFirst,
    ...(from === undefined ? {} : { from: cursorOf({ pk, sk: skOf(from) }) }),
  });
  return { lane, items: items.map(placed), more: next !== undefined };
};

/** The newest place of each lane; 0 where there is none. */
const topsOf = (stretches: readonly Stretch[]): Places =>
  NOWHERE.map((_, lane) => stretches.find((one) => one.lane === lane)?.items[0]?.place ?? 0);

const laneOf = (subject: string): number => shardOf(subject, EVENT_LANES);
const headKey = (lane: number) => ({ pk: `HEAD#${lane}`, sk: 'HEAD' });
const lanePk = (lane: number): string => `LANE#${lane}`;
const subjectPk = (subject: string): string => `SUBJECT#${subject}`;
/** Places of the same length sort like numbers. */
const skOf = (place: number): string => String(place).padStart(15, '0');
const effectOf = (id: string) => ({ owner: `keep-events ${id}`, name: 'keep', keepDays: KNOWN_DAYS });
const expiryOf = ({ keptAt }: KeptEvent): number =>
  Math.floor(Date.parse(keptAt) / 1000) + EVENT_KEEP_DAYS * 24 * 60 * 60;

const placed = ({
  pk,
  sk,
  expiresAt,
  place,
  ...event
}: object & Partial<Record<string, unknown>>): Placed => ({
  place: Number(place),
  event: event as unknown as KeptEvent, // written above alone
});

export interface CityEventPorts {
  readonly events: CityEvents;
  readonly now: Now;
}

export const cityEventPorts = (): CityEventPorts => {
  const store = dynamoStore({ client: documentClient(), table: env('EVENTS_TABLE'), indexes: {} });
  const bound = effects({ store, ...inTheCity });
  return { events: cityEvents(store, bound, inTheCity), now: inTheCity.now };
};
