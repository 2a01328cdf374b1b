import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../functions/console/contract.ts';
import { type Answered, type Asked, openDoors } from './city.fixture.ts';
import { type History, loadHistory } from './history.ts';
import { openSession } from './session.ts';

const event = (id: number): RunEvent => ({
  ...{ id, previous: id - 1, at: new Date(id).toISOString(), type: 'Any', facts: {}, payloads: {} },
});
/** How many events there are, and which pages cannot be read, counted as they are asked for. */
let [count, broken] = [0, new Set<number>()];
let pages: { from: string; cursor: string | null; ids: number[] }[] = [];

/** The door of a history: cursors are how many events come before. */
const answer = ({ query }: Asked): Answered => {
  const [from, cursor, limit] = [query.get('from') ?? '', query.get('cursor'), Number(query.get('limit'))];
  const before = Number(cursor ?? 0);
  const ids = Array.from({ length: Math.min(limit, count - before) }, (_, at) =>
    from === 'end' ? count - before - at : before + at + 1,
  );
  pages.push({ from, cursor, ids });
  if (broken.has(pages.length)) return { status: 403, body: { name: 'ForbiddenError' } };
  const next = before + ids.length < count ? { next: String(before + ids.length) } : {};
  return { body: { items: ids.map(event), ...next } };
};

let doors: Awaited<ReturnType<typeof openDoors>>;
beforeAll(async () => {
  doors = await openDoors(answer);
  await openSession('code');
});
afterAll(() => {
  doors.close();
  vi.unstubAllGlobals();
});

/** Loads it, with all that was told on the way; `failed` where a page could not be read. */
const loaded = async (of: number, { known, breaks = [] }: { known?: History; breaks?: number[] } = {}) => {
  [count, broken, pages] = [of, new Set(breaks), []];
  const told: History[] = [];
  const asking = { machine: 'm', run: 'r', known, signal: new AbortController().signal };
  const end = await loadHistory(asking, (part) => told.push(part)).catch(() => 'failed' as const);
  return { told, end, pages };
};
const idsOf = ({ events }: History) => events.map(({ id }) => id);
const first = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const anyCount = fc.oneof(fc.nat(3_000), fc.constantFrom(0, 1, 499, 500, 501, 999, 1_000, 1_001, 1_500));

describe('a history', () => {
  test.prop([anyCount], { numRuns: 10 })(
    'is loaded from both ends, then between them, each page once',
    async (of) => {
      const { told, end, pages: asked } = await loaded(of);
      if (end === 'failed') throw new Error('it failed');
      expect(idsOf(end)).toEqual(first(of));
      expect(end).toMatchObject({ total: of, whole: true });
      expect(new Set(asked.slice(0, 2).map(({ from }) => from))).toEqual(new Set(['beginning', 'end']));
      expect(asked.slice(2).every(({ from }) => from === 'beginning')).toBe(true);
      expect(new Set(asked.map(({ from, cursor }) => `${from} ${cursor}`)).size).toBe(asked.length);
      // Both ends, and of what lies between a page for every 500.
      expect(asked.length).toBe(2 + Math.ceil(Math.max(0, of - 1_000) / 500));
      // What is told grows, and says of how many from the first word on.
      for (const [at, part] of told.entries()) {
        expect(part.total).toBe(of);
        expect(part.whole).toBe(part.events.length === of);
        expect(idsOf(part)).toEqual(idsOf(part).toSorted((a, b) => a - b));
        const here = new Set(idsOf(part));
        expect((told[at - 1]?.events ?? []).every(({ id }) => here.has(id))).toBe(true);
      }
    },
  );

  test.prop([anyCount, fc.nat(1_600)], { numRuns: 10 })(
    'that is known is asked for what is new alone',
    async (before, more) => {
      const { end: known } = await loaded(before);
      if (known === 'failed') throw new Error('it failed');
      const { end, pages: asked } = await loaded(before + more, { known });
      if (end === 'failed') throw new Error('it failed');
      expect(idsOf(end)).toEqual(first(before + more));
      expect(end.whole).toBe(true);
      if (before === 0) return;
      expect(asked.every(({ from }) => from === 'end')).toBe(true);
      expect(asked.length).toBe(Math.max(1, Math.ceil(more / 500)));
      // Past the first page, which has to be asked to know, no page but has something new.
      for (const { ids } of asked.slice(1)) expect(Math.max(...ids)).toBeGreaterThan(before);
    },
  );

  test.prop([fc.integer({ min: 1_001, max: 3_000 }), fc.integer({ min: 3, max: 6 })], { numRuns: 8 })(
    'of which a page cannot be read is what was told before, and goes on from there',
    async (of, page) => {
      fc.pre(page <= 2 + Math.ceil((of - 1_000) / 500));
      const { told, end } = await loaded(of, { breaks: [page] });
      expect(end).toBe('failed');
      const last = told.at(-1);
      if (last === undefined) throw new Error('nothing was told');
      expect(last.events.length).toBe(1_000 + (page - 3) * 500);
      expect(last).toMatchObject({ total: of, whole: false });
      const { end: again } = await loaded(of, { known: last });
      if (again === 'failed') throw new Error('it failed');
      expect(idsOf(again)).toEqual(first(of));
    },
  );

  it('of which no page can be read tells nothing', async () => {
    expect(await loaded(10, { breaks: [1, 2] })).toMatchObject({ told: [], end: 'failed' });
  });
});
