import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Following, followingFrom, hasGap, paged, pushed, type Step } from './follow.ts';

const item = (sequence: number) => ({ sequence });
type Item = ReturnType<typeof item>;
const upTo = (head: number) => Array.from({ length: head }, (_, n) => item(n + 1));

describe('whoever follows a log', () => {
  it('is handed what comes next at once, and nothing twice', () => {
    const first = pushed(followingFrom<Item>(0), 1, item(1));
    expect(first.items).toEqual([item(1)]);
    expect(pushed(first.following, 1, item(1)).items).toEqual([]);
  });

  it('is handed what came too early after what comes before it', () => {
    const early = pushed(followingFrom<Item>(0), 2, item(2));
    expect(early.items).toEqual([]);
    expect(hasGap(early.following)).toBe(true);
    const { items, following } = pushed(early.following, 1, item(1));
    expect(items).toEqual([item(1), item(2)]);
    expect(hasGap(following)).toBe(false);
  });

  it('takes of a page what it has not, and then what came early', () => {
    const early = pushed(followingFrom<Item>(1), 4, item(4));
    const { items, following } = paged(early.following, { items: [item(1), item(2), item(3)], upTo: 3 });
    expect(items).toEqual([item(2), item(3), item(4)]);
    expect(following).toEqual({ have: 4, early: new Map() });
  });

  it('keeps no more of what comes later than it can, and still what comes next', () => {
    let following = followingFrom<Item>(0);
    for (let sequence = 2; sequence < 400; sequence += 1)
      following = pushed(following, sequence, item(sequence)).following;
    expect(following.early.size).toBe(200);
    expect(pushed(following, 1, item(1)).items).toHaveLength(201);
  });

  const step = fc.oneof(
    fc.record({ does: fc.constant('push' as const), sequence: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ does: fc.constant('page' as const), size: fc.integer({ min: 0, max: 8 }) }),
  );
  property.prop([fc.array(step, { maxLength: 80 })])(
    'has each item once and in order, whatever is sent and asked for in whatever order',
    (steps) => {
      const log = upTo(30);
      let following: Following<Item> = followingFrom(0);
      const had: number[] = [];
      const take = ({ following: next, items }: Step<Item>) => {
        following = next;
        had.push(...items.map(({ sequence }) => sequence));
      };
      const page = (size: number) => {
        const { have } = following;
        const items = log.slice(have, have + size);
        take(paged(following, { items, upTo: items.at(-1)?.sequence ?? have }));
      };
      for (const one of steps) {
        if (one.does === 'push') take(pushed(following, one.sequence, item(one.sequence)));
        else page(one.size);
        expect(had).toEqual(upTo(following.have).map(({ sequence }) => sequence));
      }
      page(30);
      expect(had).toEqual(log.map(({ sequence }) => sequence));
    },
  );
});
