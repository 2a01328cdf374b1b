import { afterAll, beforeAll } from 'vitest';
import { createEffectsTable, type EffectsTable } from '../testing/effects-table.ts';
import { dynamoStore } from './dynamo-store.ts';
import { storeContract } from './store-contract.ts';
import { writersContract } from './writers-contract.ts';

let table: EffectsTable;
beforeAll(async () => {
  table = await createEffectsTable('effects');
});
afterAll(() => table?.drop());

storeContract('the store on DynamoDB', () => dynamoStore(table));
writersContract('the store on DynamoDB', () => dynamoStore(table));
