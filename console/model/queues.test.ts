import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { TraceRow } from '../../functions/platform/contract.ts';
import { courseOf, queuesAt, standingsAfter } from './queues.ts';

const START = Date.parse('2026-11-29T01:00:00Z');
const iso = (offset: number) => new Date(START + offset).toISOString();
let spans = 0;
const rowOf = (offsetMs: number, durationMs: number, attributes: TraceRow['attributes']): TraceRow => ({
  ...{ spanId: `span ${spans++}`, depth: 1, offsetMs, durationMs, system: 's', function: 'f', name: 'n' },
  ...{ status: 'ok', logs: [], attributes },
});
const EVENT = { 'cloudevents.event_id': 'e1', 'cloudevents.event_type': 'saga.Ended' };
const sent = (offset: number, toldAt: number, event: object = EVENT) =>
  rowOf(offset, 0, { ...event, toldAt: iso(toldAt) });
const took = (offset: number, durationMs: number, more: object) =>
  rowOf(offset, durationMs, {
    ...{ 'messaging.message.id': 'm1', 'messaging.destination.name': 'call-back', receiveCount: 1 },
    ...more,
  });
const courseOfRows = (...rows: readonly TraceRow[]) => courseOf({ startedAt: iso(0), spans: [...rows] });
/** What is said of the only message at each of some moments. */
const said = (rows: readonly TraceRow[], ...moments: readonly number[]) =>
  moments.map((moment) => {
    const [queue] = queuesAt(courseOfRows(...rows), START + moment);
    const { what, attempt } = queue?.messages[0]?.standing ?? {};
    return [moment, queue?.queue, what, ...(attempt === undefined ? [] : [attempt])];
  });

/** One message as it really went; whoever was `lost` left no span. Clocks of senders may be off. */
const anyMessage = fc.record({
  queue: fc.constantFrom('call-back', 'deliver-notice', 'keep-events'),
  carries: fc.constantFrom('event', 'command'),
  toldAt: fc.nat(20),
  onBusAfter: fc.integer({ min: -3, max: 9 }),
  inQueueAfter: fc.integer({ min: -3, max: 5 }),
  attempts: fc.array(fc.record({ wait: fc.nat(9), work: fc.nat(9), lost: fc.boolean() }), { maxLength: 4 }),
  end: fc.constantFrom('done', 'again', 'parked', 'dead'),
});
type Meant = typeof anyMessage extends fc.Arbitrary<infer M> ? M : never;

const wentOf = (meant: Meant, nth: number) => {
  const event = { 'cloudevents.event_id': `e${nth}`, 'cloudevents.event_type': 'saga.Ended' };
  const onBus = meant.toldAt + meant.onBusAfter;
  const inQueue = onBus + meant.inQueueAfter;
  let at = Math.max(meant.toldAt, onBus, inQueue, 0);
  const attempts = meant.attempts.map(({ wait, work, lost }, index) => {
    const takenAt = at + wait;
    at = takenAt + work;
    const fate = index === meant.attempts.length - 1 ? meant.end : 'again';
    return { takenAt, endedAt: at, lost, fate, number: index + 1 };
  });
  const isEvent = meant.carries === 'event';
  const seen = attempts.filter(({ lost }) => !lost);
  return {
    ...{ isEvent, seen, toldAt: meant.toldAt },
    ...{ id: seen.length > 0 ? `${meant.queue} m${nth}` : `e${nth}` },
    isSeen: isEvent || seen.length > 0,
    // The consumer's clock is believed.
    sentAt: Math.min(
      ...(isEvent ? [onBus] : []),
      ...(seen.length > 0 ? [inQueue, seen[0]?.takenAt ?? 0] : []),
    ),
    rows: [
      ...(isEvent ? [sent(onBus, meant.toldAt, event)] : []),
      ...seen.map(({ takenAt, endedAt, fate, number }) =>
        took(takenAt, endedAt - takenAt, {
          ...{ 'messaging.message.id': `m${nth}`, 'messaging.destination.name': meant.queue },
          ...{ receiveCount: number, sentAt: iso(inQueue), fate, ...(isEvent ? event : {}) },
        }),
      ),
    ],
  };
};

/** Where a message is at a moment, by how it went and not by any fold. */
const whereabouts = ({ isEvent, seen, toldAt, sentAt }: ReturnType<typeof wentOf>, moment: number) => {
  const last = seen.findLast(({ takenAt }) => takenAt <= moment);
  if (last !== undefined) return { what: last.endedAt <= moment ? last.fate : 'taken', attempt: last.number };
  if (sentAt <= moment) return { what: 'sent' };
  return isEvent && toldAt <= moment ? { what: 'told' } : undefined;
};

const anyWorld = fc.array(anyMessage, { maxLength: 6 });

describe('the queues of a run', () => {
  test.prop([anyWorld, fc.infiniteStream(fc.nat())])(
    'have at any moment each message where it was then, whatever order the spans are in',
    (world, chance) => {
      const went = world.map(wentOf);
      const rows = went
        .flatMap((one) => one.rows)
        .map((row) => ({ row, key: chance.next().value }))
        .toSorted((one, other) => one.key - other.key)
        .map(({ row }) => row);
      const course = courseOfRows(...rows);
      for (let moment = -5; moment < 120; moment++) {
        const there = queuesAt(course, START + moment)
          .flatMap(({ messages }) => messages)
          .map(({ id, standing: { what, attempt } }) => ({
            ...{ id, what },
            ...(attempt === undefined ? {} : { attempt }),
          }));
        const expected = went.flatMap((one) => {
          const where = one.isSeen ? whereabouts(one, moment) : undefined;
          return where === undefined ? [] : [{ id: one.id, ...where }];
        });
        const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);
        expect(there.toSorted(byId)).toEqual(expected.toSorted(byId));
      }
    },
  );

  test.prop([anyWorld, fc.integer({ min: -5, max: 120 })])(
    'are at a moment the fold of the first facts, those until then',
    (world, moment) => {
      const course = courseOfRows(...world.flatMap((meant, nth) => wentOf(meant, nth).rows));
      const first = course.facts.findLastIndex(({ at }) => at <= START + moment) + 1;
      expect(course.facts.slice(first).every(({ at }) => at > START + moment)).toBe(true);
      const there = queuesAt(course, START + moment).flatMap(({ messages }) => messages);
      expect(new Map(there.map(({ id, standing }) => [id, standing]))).toEqual(
        standingsAfter(course.facts.slice(0, first)),
      );
    },
  );

  test.prop([anyWorld])('have nothing done before it was taken, nor taken before it was sent', (world) => {
    const { messages, facts } = courseOfRows(...world.flatMap((meant, nth) => wentOf(meant, nth).rows));
    for (const { id } of messages) {
      const course = facts.filter(({ message }) => message === id).map(({ what }) => what);
      // Told at most once, sent once, and then each end behind a taking of its own.
      expect(course.join(' ')).toMatch(/^(told )?sent( taken (again|done|parked|dead))*$/);
    }
  });

  it('follow an event out of the outbox, over the bus, to who fails, and fails no more', () => {
    const rows = [
      sent(30, 10),
      took(50, 5, { ...EVENT, sentAt: iso(40), fate: 'again', 'error.type': 'CallbackUnansweredError' }),
      took(90, 5, { ...EVENT, sentAt: iso(40), fate: 'done', receiveCount: 2 }),
    ];
    expect(said(rows, 9, 10, 30, 50, 55, 90, 95)).toEqual([
      [9, undefined, undefined],
      [10, 'call-back', 'told'],
      [30, 'call-back', 'sent'],
      [50, 'call-back', 'taken', 1],
      [55, 'call-back', 'again', 1],
      [90, 'call-back', 'taken', 2],
      [95, 'call-back', 'done', 2],
    ]);
    const [queue] = queuesAt(courseOfRows(...rows), START + 60);
    expect(queue?.messages[0]).toEqual({
      ...{ id: 'call-back m1', queue: 'call-back', event: 'e1', type: 'saga.Ended' },
      standing: {
        ...{ what: 'again', at: START + 55, attempt: 1, error: 'CallbackUnansweredError', unseen: 0 },
      },
    });
  });

  it('say how many takings left no span', () => {
    const rows = [took(50, 5, { sentAt: iso(40), fate: 'done', receiveCount: 3 })];
    const [queue] = queuesAt(courseOfRows(...rows), START + 60);
    expect(queue?.messages[0]).toMatchObject({ standing: { what: 'done', attempt: 3, unseen: 2 } });
  });

  it('have an event that no consumer has left a span of, in a queue that is not known', () => {
    expect(said([sent(30, 10)], 20, 100)).toEqual([
      [20, undefined, 'told'],
      [100, undefined, 'sent'],
    ]);
  });

  it('have an event that was never taken in each queue that hears its type, and in no other', () => {
    const hearers = [
      { queue: 'call-back', hears: ['saga.Ended', 'saga.Begun'] },
      { queue: 'keep-events', hears: ['*'] },
      { queue: 'hear-bank', hears: ['bank.Changed'] },
    ];
    const rows = [sent(30, 10), took(50, 5, { ...EVENT, sentAt: iso(40), fate: 'done' })];
    const [callBack, keeper, ...more] = queuesAt(
      courseOf({ startedAt: iso(0), spans: rows }, hearers),
      START + 100,
    );
    expect(callBack).toMatchObject({ queue: 'call-back', messages: [{ standing: { what: 'done' } }] });
    expect(callBack?.messages[0]).not.toHaveProperty('untaken');
    expect(keeper).toMatchObject({
      queue: 'keep-events',
      messages: [{ type: 'saga.Ended', untaken: true, standing: { what: 'sent', at: START + 30 } }],
    });
    expect(more).toEqual([]);
  });

  it('have a letter that was sent back once more, and not from the outbox', () => {
    const rows = [
      sent(30, 10),
      took(50, 5, { ...EVENT, sentAt: iso(40), fate: 'parked' }),
      took(90, 5, { ...EVENT, sentAt: iso(80), fate: 'done', 'messaging.message.id': 'm2' }),
    ];
    const at = (moment: number) =>
      queuesAt(courseOfRows(...rows), START + moment).flatMap(({ messages }) =>
        messages.map(({ id, standing: { what } }) => `${id} ${what}`),
      );
    expect(at(79)).toEqual(['call-back m1 parked']);
    expect(at(80)).toEqual(['call-back m1 parked', 'call-back m2 sent']);
    expect(at(95)).toEqual(['call-back m1 parked', 'call-back m2 done']);
  });

  it('believe whoever has a message, not who had it before and failed meanwhile', () => {
    const rows = [
      took(10, 50, { fate: 'again', receiveCount: 1 }),
      took(40, 60, { fate: 'done', receiveCount: 2 }),
    ];
    expect(said(rows, 30, 50, 70, 100)).toEqual([
      [30, 'call-back', 'taken', 1],
      [50, 'call-back', 'taken', 2],
      [70, 'call-back', 'taken', 2],
      [100, 'call-back', 'done', 2],
    ]);
    // And what the slower one did is done.
    const slow = [
      took(10, 50, { fate: 'done', receiveCount: 1 }),
      took(40, 60, { fate: 'again', receiveCount: 2 }),
    ];
    expect(said(slow, 50, 70)).toEqual([
      [50, 'call-back', 'taken', 2],
      [70, 'call-back', 'done', 2],
    ]);
  });

  it('have nothing of spans that tell of no message', () => {
    const rows = [
      rowOf(0, 5, undefined),
      rowOf(0, 5, { 'messaging.message.id': 'm1' }),
      rowOf(0, 5, EVENT),
      took(0, 5, { receiveCount: 'x' }),
    ];
    expect(courseOfRows(...rows)).toEqual({ messages: [], facts: [] });
    // Of one whose end it does not understand it says no end.
    expect(said([took(10, 5, { fate: 'eaten' })], 20)).toEqual([[20, 'call-back', 'taken', 1]]);
  });
});
