import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEffectsTable, type EffectsTable } from '../testing/effects-table.ts';
import { type ArmedFault, faultKey } from './fault.ts';
import { faultsTable } from './table.ts';

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('faults', {});
});
afterAll(() => table?.drop());

const put = async (fault: ArmedFault): Promise<ArmedFault> => {
  const Item = { ...faultKey(fault.function, fault.id), ...fault, expiresAt: 1 };
  await table.client.send(new PutCommand({ TableName: table.table, Item }));
  return fault;
};
const fault = (id: string, timesLeft: number): ArmedFault => ({
  ...{ id, function: 'paytm-saga-close', point: 'before', kind: 'crash', timesLeft },
  activeFrom: '2026-01-01T00:00:00.000Z',
});

describe('the table of faults', () => {
  it('gives a call of a fault to exactly as many as it has calls, however many ask at once', async () => {
    const faults = faultsTable(table.client, table.table);
    const five = await put(fault('fault_five', 5));
    const claims = await Promise.all(Array.from({ length: 20 }, () => faults.claim(five)));
    expect(claims.filter(Boolean)).toHaveLength(5);
  });

  it('shows a function what is armed for it and has calls left', async () => {
    const faults = faultsTable(table.client, table.table);
    const armed = await put(fault('fault_one', 1));
    await put({ ...fault('fault_other', 1), function: 'paytm-saga-park' });
    await put(fault('fault_spent', 0));
    expect(await faults.armed('paytm-saga-close')).toEqual([armed]);
  });
});
