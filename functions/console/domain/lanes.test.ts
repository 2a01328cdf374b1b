import { describe, expect, it } from 'vitest';
import { Position } from '../contract.ts';
import type { KeptEvent } from './city-events.ts';
import { merged, NOWHERE, placesOf, positionOf, type Stretch } from './lanes.ts';

/** Events of one lane by the second of their arrival. */
const stretch = (lane: number, seconds: readonly number[], more = false): Stretch => ({
  lane,
  items: seconds.map((second, index) => ({
    place: index + 1,
    event: { id: `${lane}.${index + 1}`, keptAt: `2026-11-29T10:00:0${second}.000Z` } as KeptEvent,
  })),
  more,
});
const all = { newestFirst: false, limit: 10, wanted: () => true };
const ids = ({ taken }: ReturnType<typeof merged>) => taken.map(({ id }) => id);

it('a position is written as a text, and read again', () => {
  expect(positionOf(NOWHERE)).toBe('0.0.0.0');
  expect(placesOf('12.0.7.33')).toEqual([12, 0, 7, 33]);
  for (const text of ['12.0.7', '1.2.3.4.5', '1.2.3.x', '-1.0.0.0', '']) {
    expect(Position.safeParse(text).success, text).toBe(false);
  }
});

describe('lanes that are merged', () => {
  it('give what arrived first, first, and change the order of none', () => {
    // The clock of whoever wrote 0.2 was late.
    const found = merged([stretch(0, [2, 1, 5]), stretch(2, [3, 4])], all);
    expect(ids(found)).toEqual(['0.1', '0.2', '2.1', '2.2', '0.3']);
    expect(found).toMatchObject({ more: false });
    expect([...found.passed]).toEqual([
      [0, 3],
      [2, 2],
    ]);
  });

  it('give the newest first where that is asked for', () => {
    const found = merged([stretch(0, [5, 1]), stretch(1, [4])], { ...all, newestFirst: true });
    expect(ids(found)).toEqual(['0.1', '1.1', '0.2']);
  });

  it('end at the limit, and say that there is more only where there is', () => {
    const two = [stretch(0, [1, 3]), stretch(1, [2])];
    expect(merged(two, { ...all, limit: 2 })).toMatchObject({
      more: true,
      passed: new Map([
        [0, 1],
        [1, 1],
      ]),
    });
    expect(merged(two, { ...all, limit: 3 })).toMatchObject({ more: false });
  });

  it('end where one of them was not read further: what comes there may come first', () => {
    const found = merged([stretch(0, [1], true), stretch(1, [2])], all);
    expect(ids(found)).toEqual(['0.1']);
    expect(found.more).toBe(true);
    expect(merged([stretch(0, [], true), stretch(1, [2])], all)).toMatchObject({ taken: [], more: true });
  });

  it('pass what is not wanted', () => {
    const found = merged([stretch(0, [1, 2, 3])], { ...all, wanted: ({ id }) => id === '0.2' });
    expect(ids(found)).toEqual(['0.2']);
    expect(found.passed.get(0)).toBe(3);
  });
});
