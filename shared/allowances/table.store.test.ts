import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEffectsTable, type EffectsTable } from '../testing/effects-table.ts';
import { fixedClock } from '../testing/index.ts';
import { allowances } from './table.ts';

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('allowances', {});
});
afterAll(() => table?.drop());

it('fifty processes at once spend no more than there is, and then all are told when to come again', async () => {
  const { now, advance } = fixedClock();
  const ten = { name: 'place-order', quota: 10, seconds: 60 };
  const processes = Array.from({ length: 50 }, () => allowances({ ...table, now }));
  const all = await Promise.all(processes.map((one) => one.spend(ten, 'customer_1')));
  const allowed = all.filter((spent) => spent.allowed).length;
  expect(allowed).toBeGreaterThan(0);
  // Who was too many at that moment may come again, and then it is all that there is.
  let more = 0;
  for (const one of processes) if ((await one.spend(ten, 'customer_1')).allowed) more += 1;
  expect(allowed + more).toBe(10);
  expect(await processes[0]?.spend(ten, 'customer_1')).toEqual({ allowed: false, left: 0, resetSeconds: 60 });
  expect(await processes[0]?.spend(ten, 'customer_2')).toMatchObject({ allowed: true, left: 9 });
  advance(60_000);
  expect(await processes[1]?.spend(ten, 'customer_1')).toMatchObject({ allowed: true, left: 9 });
});

it('what is borrowed is spent from memory, by its process alone, and not when its time is over', async () => {
  const { now, advance } = fixedClock();
  const lots = { name: 'list', quota: 6, seconds: 60, borrow: 4 };
  const [one, two] = [allowances({ ...table, now }), allowances({ ...table, now })];
  const left = async (process: typeof one) => (await process.spend(lots, 'x')).left;
  expect([await left(one), await left(one)]).toEqual([5, 4]);
  // The other finds what is not lent.
  expect([await left(two), await left(two)]).toEqual([1, 0]);
  expect((await two.spend(lots, 'x')).allowed).toBe(false);
  expect((await one.spend(lots, 'x')).allowed).toBe(true);
  advance(10_000);
  expect((await one.spend(lots, 'x')).allowed).toBe(false);
});

it('a process that did not know of another one has one write refused, and reads nothing', async () => {
  const { now } = fixedClock();
  const asked: string[] = [];
  const client = {
    send: (command: { constructor: { name: string } }) => {
      asked.push(command.constructor.name);
      return table.client.send(command as never);
    },
  } as unknown as EffectsTable['client'];
  const ten = { name: 'place-order', quota: 10, seconds: 60 };
  await allowances({ ...table, now }).spend(ten, 'customer_3');
  expect(await allowances({ ...table, client, now }).spend(ten, 'customer_3')).toMatchObject({ left: 8 });
  expect(asked).toEqual(['PutCommand', 'PutCommand']);
});

it('what a process remembers and the table has forgotten is begun anew', async () => {
  const { now, advance } = fixedClock();
  const ten = { name: 'place-order', quota: 10, seconds: 60 };
  const one = allowances({ ...table, now });
  await one.spend(ten, 'customer_4');
  const Key = { pk: 'ALLOWANCE#place-order#customer_4', sk: 'ALLOWANCE' };
  await table.client.send(new DeleteCommand({ TableName: table.table, Key }));
  advance(120_000);
  expect(await one.spend(ten, 'customer_4')).toMatchObject({ allowed: true, left: 9 });
});
