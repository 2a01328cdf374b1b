import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoStore } from '../effects/dynamo-store.ts';
import { effects } from '../effects/index.ts';
import { effectIn, effectOfMessage } from '../effects/of-message.ts';
import { uuidV7 } from '../ids/index.ts';
import { createEffectsTable, type EffectsTable } from '../testing/effects-table.ts';
import { recordsIn } from './worked.ts';

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('worked');
});
afterAll(() => table?.drop());

it('a message that its consumer has worked on is known by the record that this left, until it runs out', async () => {
  const pattern = { owner: 'charting {data.pnr}', name: '{id}' };
  const message = { id: 'event-1', data: { pnr: '1' } };
  const now = () => new Date('2026-11-29T00:00:00.000Z');
  const store = dynamoStore(table);
  const { commit } = effects({ store, now, ids: uuidV7, chance: Math.random, deadline: () => 5_000, pause });
  const isThere = (given: object, at = now()) =>
    recordsIn(
      table.client,
      () => at,
    )({
      table: table.table,
      ...(effectIn(pattern, given) ?? { owner: '', name: '' }),
    });
  expect(await isThere(message)).toBe(false);
  await commit({ effect: effectOfMessage(pattern, message), answer: 'charted' });
  expect(await isThere(message)).toBe(true);
  expect(await isThere({ ...message, id: 'event-2' })).toBe(false);
  expect(await isThere(message, new Date('2026-12-30T00:00:00.000Z'))).toBe(false);
  await commit({ effect: { owner: 'charting 1', name: 'for ever' }, answer: null });
  expect(await isThere({ ...message, id: 'for ever' }, new Date('2036-01-01T00:00:00.000Z'))).toBe(true);
});
