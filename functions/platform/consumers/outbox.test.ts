import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { effects, type MemoryStore, memoryStore } from '../../../shared/effects/index.ts';
import { outboxChanges } from '../../../shared/effects/outbox.ts';
import { StoreBusy } from '../../../shared/effects/store.ts';
import { TransientError } from '../../../shared/errors/index.ts';
import { type CloudEvent, defineEvent } from '../../../shared/messaging/events.ts';
import { type FixedClock, fixedClock, sequenceIds } from '../../../shared/testing/index.ts';
import { startTracing } from '../../../shared/tracing/index.ts';
import { type OutboxPorts, topicsIn } from '../store/outbox.ts';
import { OutboxItem, relayOutbox } from './relay-outbox.ts';
import { sweepOutbox } from './sweep-outbox.ts';

const happened = defineEvent({ type: 'paytm-saga.Happened', version: 1, data: z.object({ n: z.number() }) });

const asked = defineEvent({ type: 'paytm-saga.Asked', version: 1, data: z.object({ n: z.number() }) });
const refused = defineEvent({ type: 'paytm-saga.Refused', version: 1, data: z.object({ n: z.number() }) });

let store: MemoryStore;
let published: string[];
let broken: boolean;
let clock: FixedClock;
let ports: OutboxPorts;

beforeEach(() => {
  store = memoryStore();
  published = [];
  broken = false;
  clock = fixedClock();
  ports = {
    store,
    bus: {
      async publish(events: readonly CloudEvent[]) {
        if (broken) throw new TransientError({ reason: 'out of reach' });
        published.push(...events.map(({ id }) => id));
      },
    },
    topicOf: () => undefined,
    now: clock.now,
    remaining: () => 30_000,
  };
});

/** Commits `count` events as one effect. */
const commit = async (effect: string, count = 1) => {
  const { commit } = effects({
    store,
    now: clock.now,
    ids: sequenceIds(),
    chance: () => 0,
    deadline: () => 1_000,
    pause: async () => {},
  });
  await commit({
    effect: { owner: 'payment_1', name: effect },
    events: Array.from({ length: count }, (_, n) =>
      happened.of({ subject: 'payment_1', correlationId: 'c1', data: { n }, id: `${effect}.${n}` }),
    ),
    answer: null,
  });
};

const outbox = () => store.all().filter(({ pk }) => String(pk).startsWith('OUTBOX#'));
const inserted = () => outbox().map((item) => OutboxItem.parse(item));

describe('the relay', () => {
  it('sends what was committed, then marks it sent and lets it expire', async () => {
    await commit('a', 3);
    await relayOutbox(ports)(inserted());
    expect(published.sort()).toEqual(['a.0', 'a.1', 'a.2']);
    for (const item of outbox()) {
      expect(item).toMatchObject({ state: 'sent', expiresAt: expect.any(Number) });
      expect(item).not.toHaveProperty('unsentShard');
    }
  });

  it('leaves in the trace of whoever told it which event was laid down when, and that it is on the bus', async () => {
    startTracing();
    const written: string[] = [];
    const stdout = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((line) => written.push(String(line)) > 0);
    await commit('a');
    clock.advance(20_000);
    await relayOutbox(ports)(inserted());
    stdout.mockRestore();
    expect(written.map((line) => JSON.parse(line)._span)).toEqual([
      expect.objectContaining({
        kind: 'producer',
        attributes: {
          'cloudevents.event_id': 'a.0',
          'cloudevents.event_type': happened.type,
          toldAt: new Date(clock.now().getTime() - 20_000).toISOString(),
        },
      }),
    ]);
  });

  it('marks nothing while the bus does not take it', async () => {
    await commit('a');
    broken = true;
    await expect(relayOutbox(ports)(inserted())).rejects.toMatchObject({ retryable: true });
    expect(outbox()).toEqual([expect.objectContaining({ state: 'unsent' })]);
    expect(outbox()[0]).not.toHaveProperty('expiresAt');
  });

  it('comes again when it met the sweeper at an event: that is no fault to park', async () => {
    await commit('a');
    const busy = new StoreBusy({ reason: 'TransactionConflict' });
    const met = { ...store, transact: () => Promise.reject(busy) };
    await expect(relayOutbox({ ...ports, store: met })(inserted())).rejects.toMatchObject({
      name: 'TransientError',
      retryable: true,
    });
  });

  it('sends again what it is shown again: never less than once', async () => {
    await commit('a');
    const items = inserted();
    await relayOutbox(ports)(items);
    await relayOutbox(ports)(items);
    expect(published).toEqual(['a.0', 'a.0']);
    expect(outbox()).toHaveLength(1);
  });

  it('does nothing with nothing', async () => {
    broken = true;
    await expect(relayOutbox(ports)([])).resolves.toBeUndefined();
  });

  it('takes nothing but items of the outbox', () => {
    expect(OutboxItem.safeParse({ pk: 'EFFECT#x', sk: 'y' }).success).toBe(false);
  });
});

describe('what goes to topics', () => {
  /** By address, in the order in which it was told there. */
  let told: { readonly [arn: string]: string[] };
  const TOPICS = JSON.stringify({ [asked.type]: 'arn:a', [refused.type]: 'arn:a' });
  beforeEach(() => {
    told = { 'arn:a': [] };
    const topicAt = (arn: string) => ({
      async publish(events: readonly CloudEvent[]) {
        if (broken) throw new TransientError({ reason: 'out of reach' });
        told[arn]?.push(...events.map(({ id }) => id));
      },
    });
    ports = { ...ports, topicOf: topicsIn(TOPICS, topicAt) };
  });
  const events = (kinds: string) =>
    [...kinds].map((kind, n) => {
      const definition = { a: asked, r: refused }[kind] ?? happened;
      const event = definition.of({ subject: 's', correlationId: 'c', data: { n }, partitionKey: 'g' });
      return { ...event, id: `${kind}${n}`, time: clock.now().toISOString() };
    });
  const laidDown = async (kinds: string) => {
    const items = outboxChanges(events(kinds), clock.now(), sequenceIds());
    await store.transact(items);
  };
  const items = (kinds: string) =>
    events(kinds).map((event) => OutboxItem.parse({ pk: 'OUTBOX#0', sk: event.id, event }));

  it('goes there by its type, in its order, also when types differ; the rest goes to the bus', async () => {
    await laidDown('araha');
    await relayOutbox(ports)(items('araha'));
    expect(told).toEqual({ 'arn:a': ['a0', 'r1', 'a2', 'a4'] });
    expect(published).toEqual(['h3']);
    expect(outbox().map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'sent'));
  });

  it('stays in the outbox while the topic does not take it', async () => {
    await laidDown('a');
    broken = true;
    await expect(relayOutbox(ports)(items('a'))).rejects.toMatchObject({ retryable: true });
    broken = false;
    clock.advance(31_000);
    await sweepOutbox(ports)();
    expect(told).toEqual({ 'arn:a': ['a0'] });
    expect(outbox()).toMatchObject([{ state: 'sent' }]);
  });

  it('is nothing where the stack names none', () => {
    const topicOf = topicsIn(undefined, () => ({ publish: async () => undefined }));
    expect(topicOf(asked.type)).toBeUndefined();
  });
});

describe('the sweeper', () => {
  it('leaves what is younger than 30 seconds to the relay, and sends what is older', async () => {
    await commit('old');
    clock.advance(20_000);
    await commit('young');
    clock.advance(10_001);
    await sweepOutbox(ports)();
    expect(published).toEqual(['old.0']);
    clock.advance(20_000);
    await sweepOutbox(ports)();
    expect(published).toEqual(['old.0', 'young.0']);
  });

  it('goes on until nothing old is left, however much the relay left behind', async () => {
    for (const effect of ['a', 'b', 'c', 'd']) await commit(effect, 90);
    clock.advance(31_000);
    await sweepOutbox(ports)();
    expect(new Set(published).size).toBe(360);
    expect(published).toHaveLength(360);
  });

  it('stops when its time is nearly over; the next sweep goes on', async () => {
    for (const effect of ['a', 'b', 'c', 'd']) await commit(effect, 90);
    clock.advance(31_000);
    await sweepOutbox({ ...ports, remaining: () => 1_000 })();
    expect(published.length).toBeGreaterThan(0);
    expect(published.length).toBeLessThan(360);
    await sweepOutbox(ports)();
    expect(new Set(published).size).toBe(360);
  });

  it('sends nothing twice in one run, though the index still shows what it has just sent', async () => {
    for (const effect of ['a', 'b', 'c']) await commit(effect, 90);
    clock.advance(31_000);
    // An index that shows each shard as it was when it was first read.
    const first = new Map<string, ReturnType<MemoryStore['query']>>();
    const lagging: MemoryStore = {
      ...store,
      query(query) {
        const shown = first.get(query.pk) ?? store.query(query);
        first.set(query.pk, shown);
        return shown;
      },
    };
    let rounds = 0;
    const remaining = () => (++rounds < 5 ? 30_000 : 0);
    await sweepOutbox({ ...ports, store: lagging, remaining })();
    expect(new Set(published).size).toBe(published.length);
    await sweepOutbox(ports)();
    expect(new Set(published).size).toBe(270);
    expect(published).toHaveLength(270);
  });

  it('does not send what the relay has sent', async () => {
    await commit('a');
    await relayOutbox(ports)(inserted());
    clock.advance(60_000);
    await sweepOutbox(ports)();
    expect(published).toEqual(['a.0']);
  });
});
