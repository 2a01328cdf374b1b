import { expect, it } from 'vitest';
import * as z from 'zod';
import { page, pagingOf } from './index.ts';

it('a query that says nothing of its page wants the usual number; what is more than the most, or no cursor, is refused', () => {
  const query = z.object(pagingOf({ most: 50, usual: 20 }));
  expect(query.parse({})).toEqual({ limit: 20 });
  expect(query.parse({ limit: '50', cursor: 'abc' })).toEqual({ limit: 50, cursor: 'abc' });
  for (const wrong of [{ limit: '51' }, { limit: '0' }, { limit: '1.5' }, { limit: 'all' }, { cursor: '' }])
    expect(query.safeParse(wrong).success).toBe(false);
  expect(query.safeParse({ cursor: 'x'.repeat(1024) }).success).toBe(true);
  expect(query.safeParse({ cursor: 'x'.repeat(1025) }).success).toBe(false);
});

it('a page says where the next one begins, as long as a list writes its places', () => {
  const places = page(z.string());
  expect(places.parse({ items: ['a'] })).toEqual({ items: ['a'] });
  expect(places.safeParse({ items: [], next: 'x'.repeat(1025) }).success).toBe(false);
  expect(page(z.string(), z.string().max(2)).safeParse({ items: [], next: 'abc' }).success).toBe(false);
});
