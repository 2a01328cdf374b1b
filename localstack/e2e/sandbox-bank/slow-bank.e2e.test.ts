import { beforeAll, describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';

const { bank, cast } = openCity();

describe('a bank that', () => {
  let payer: Person;
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  const behave = (body: object) => bank.changeAccount({ path: { id: payer.account }, body });
  const account = async () => (await bank.getAccount({ path: { id: payer.account } })).body;

  beforeAll(async () => {
    [payer, merchant] = await Promise.all([cast.person('patient'), cast.merchant('patient')]);
  });

  it.each([
    ['takes four seconds for each answer is waited for', { slowMs: 4_000 }],
    ['loses its answer is asked again, and takes the money once', { slowMs: 0, loseAnswers: 1 }],
  ])('%s', async (what, behaviour) => {
    const before = await account();
    await behave(behaviour);
    const { id } = await pay(payer, { reference: what.replaceAll(/\W/g, '-'), merchant, amount: 90 });
    expect((await ended(payer, id)).status).toBe('completed');
    await behave({ slowMs: 0, loseAnswers: 0 });
    const after = await account();
    expect('held' in after && 'held' in before && [before.balance - after.balance, after.held]).toEqual([
      rupees(90),
      0,
    ]);
  });
});
