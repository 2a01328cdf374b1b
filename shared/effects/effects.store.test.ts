import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../ids/index.ts';
import { paise } from '../money/index.ts';
import { createEffectsTable, type EffectsTable } from '../testing/effects-table.ts';
import { waitFor } from '../testing/index.ts';
import { effects } from './commit.ts';
import { dynamoStore } from './dynamo-store.ts';
import { dynamoGetAll } from './get-all.ts';
import { put } from './index.ts';
import { eventOfType } from './laws-world.fixture.ts';
import { credit, debit, walletOf } from './ledger.ts';
import { linesOfDay } from './ledger-lines.fixture.ts';
import { markSent, unsentBefore } from './outbox.ts';
import { storeContract } from './store-contract.fixture.ts';
import { writersContract } from './writers-contract.fixture.ts';

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('effects');
});
afterAll(() => table?.drop());

storeContract('the store on DynamoDB', () => dynamoStore(table));
writersContract('the store on DynamoDB', () => dynamoStore(table));

describe('what a commit leaves in the table', () => {
  it('is found by the day of the ledger and in the outbox, until it is sent', async () => {
    const store = dynamoStore(table);
    const at = new Date('2030-01-01T00:00:00.000Z'); // a day of its own, and later than all other events
    const now = () => at;
    const bound = effects({ store, now, ids: uuidV7, chance: Math.random, deadline: () => 5_000, pause });
    await bound.commit({
      effect: { owner: 'payment_books', name: 'settle' },
      postings: {
        lines: [debit('bank-clearing', paise(150_000)), credit(walletOf('books'), paise(150_000))],
      },
      events: [eventOfType('law.Settled')],
      answer: null,
    });

    const lines = async () => {
      const all = await linesOfDay(store, '2030-01-01');
      return all.length === 2 && all;
    };
    const found = await waitFor(lines, { what: 'the lines in the index' });
    expect(found.map(({ amount }) => amount)).toEqual([-150_000, 150_000]);

    const unsent = async () => unsentBefore(store, { before: new Date(at.getTime() + 1), limit: 100 });
    const [event] = await waitFor(
      async () => {
        const events = await unsent();
        return events.length > 0 && events;
      },
      { what: 'the event in the index' },
    );
    expect(event).toMatchObject({ ...eventOfType('law.Settled'), time: at.toISOString() });
    await markSent(store, event ? [event] : [], at);
    await waitFor(async () => (await unsent()).length === 0, { what: 'the event to leave the index' });
  });
});

it('is read in one call, in the order of the keys', async () => {
  const keys = ['a', 'b', 'c'].map((pk) => ({ pk: `together-${pk}`, sk: 'S' }));
  await dynamoStore(table).transact(keys.slice(1).map((key) => put(key, { of: key.pk })));
  const found = await dynamoGetAll(table)(keys);
  expect(found.map((item) => item?.of)).toEqual([undefined, 'together-b', 'together-c']);
});
