import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { CityEvent } from '../../functions/console/contract.ts';
import { storyOf } from './story.ts';
import { firstLook, shownOf, type Tail, withNewer, withOlder } from './tail.ts';

const BEGIN = Date.parse('2026-11-29T10:00:00.000Z');
const eventOf = (id: string, ms: number, more: Partial<CityEvent> = {}): CityEvent => ({
  ...{ id, type: 'saga.Done', source: 'saga', subject: 'payment_7', correlationId: 'order-7' },
  ...{ time: new Date(BEGIN + ms).toISOString(), keptAt: new Date(BEGIN + ms + 5).toISOString() },
  ...{ dataschema: 'urn:dabbawala:schema:saga.Done:1', data: { size: 2, text: '{}' } },
  ...more,
});
const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);
const told = (steps: ReturnType<typeof storyOf>) => idsOf(steps.map(({ event }) => event));

const systems = [
  { name: 'saga', events: { out: ['saga.Done'], in: ['bank.Paid'] } },
  { name: 'bank', events: { out: ['bank.Paid'], in: [] } },
  { name: 'mail', events: { out: [], in: ['saga.Done'] } },
  { name: 'console', events: { out: [], in: ['*'] } },
];

describe('a story', () => {
  it('says who told what, who listens, and how long after', () => {
    const steps = storyOf(
      [eventOf('b', 40), eventOf('a', 10, { type: 'bank.Paid', source: 'bank' })],
      systems,
    );
    expect(steps.map(({ event: { id }, goesTo, afterMs }) => ({ id, goesTo, afterMs }))).toEqual([
      { id: 'a', goesTo: ['saga'], afterMs: undefined },
      { id: 'b', goesTo: ['mail'], afterMs: 30 },
    ]);
  });

  it('says what followed from what', () => {
    const [first, second, third] = storyOf(
      [
        eventOf('a', 0, { causationId: 'payment_7.1' }),
        eventOf('b', 1, { causationId: 'a' }),
        eventOf('c', 2, { causationId: 'a' }),
      ],
      systems,
    );
    expect(first).toMatchObject({ followed: [1, 2] });
    expect(first).not.toHaveProperty('cause');
    expect([second?.cause, third?.cause]).toEqual([0, 0]);
  });

  it('marks what a teller numbered and is not here, for each teller by itself', () => {
    const steps = storyOf(
      [
        eventOf('2', 0, { sequence: 2 }),
        eventOf('3', 1, { sequence: 3 }),
        eventOf('bank 1', 2, { sequence: 1, source: 'bank' }),
        eventOf('6', 3, { sequence: 6 }),
      ],
      systems,
    );
    expect(steps.map(({ missing }) => missing)).toEqual([
      { from: 1, to: 1 },
      undefined,
      undefined,
      { from: 4, to: 5 },
    ]);
  });

  test.prop([fc.array(fc.nat(100), { maxLength: 20 }), fc.nat()])(
    'tells what one system numbered in the order of its numbers, whatever its clock says and however it comes',
    (clocks, turn) => {
      const own = clocks.map((ms, n) => eventOf(`own ${n}`, ms, { sequence: n + 1 }));
      const others = clocks.map((ms, n) => eventOf(`other ${n}`, ms, { source: 'bank' }));
      const all = [...own, ...others];
      const at = all.length === 0 ? 0 : turn % all.length;
      const steps = storyOf([...all.slice(at), ...all.slice(0, at), ...own], systems);
      expect(told(steps).filter((id) => id.startsWith('own'))).toEqual(idsOf(own));
      expect(told(steps).toSorted()).toEqual(idsOf(all).toSorted());
      expect(steps.every(({ missing }) => missing === undefined)).toBe(true);
      const clock = steps.filter(({ event }) => event.source === 'bank').map(({ event }) => event.time);
      expect(clock).toEqual(clock.toSorted());
    },
  );
});

describe('a tail', () => {
  const page = (from: number, to: number, more: object = {}) => ({
    items: Array.from({ length: from - to }, (_, n) => eventOf(`${from - n}`, 0)),
    ...more,
  });
  const known: Tail = firstLook(page(10, 8, { next: 'older', position: 'here' }));

  it('grows at both ends', () => {
    const grown = withOlder(withNewer(known, page(12, 10, { position: 'there' })), page(8, 6));
    expect(idsOf(grown.events)).toEqual(['12', '11', '10', '9', '8', '7']);
    expect(grown).toMatchObject({ position: 'there', next: undefined, arrived: 2, dropped: 0 });
  });

  it('keeps its place where an answer names none', () => {
    expect(withNewer(known, page(11, 10))).toMatchObject({ position: 'here', next: 'older' });
  });

  it('lets the oldest go beyond its limit, says how many, and asks for none older than they', () => {
    const full = withNewer(known, page(13, 10), 4);
    expect(idsOf(full.events)).toEqual(['13', '12', '11', '10']);
    expect(full).toMatchObject({ arrived: 3, dropped: 1, next: undefined });
  });

  it('stands still where somebody stopped it, and counts what has come since', () => {
    const later = withNewer(withNewer(known, page(11, 10)), page(13, 11));
    const { shown, waiting } = shownOf(later, 1);
    expect([idsOf(shown), waiting]).toEqual([['11', '10', '9'], 2]);
    expect(shownOf(later, undefined)).toEqual({ shown: later.events, waiting: 0 });
    expect(shownOf(later, 3)).toEqual({ shown: later.events, waiting: 0 });
  });
});
