import { describe, expect, it } from 'vitest';
import { paise } from '../money/index.ts';
import { record, setUp } from './commit-setup.fixture.ts';
import { pageOfHistory } from './history.ts';
import { credit, debit, holdOf, walletOf } from './ledger.ts';

const of = 'payment_1';
const effect = (name: string) => ({ owner: of, name });

describe('the history of a thing', () => {
  it('has a line for each effect that tells of it, in order, with who acted and what moved', async () => {
    const { commit, memory, clock } = await setUp();
    const lines = [debit(walletOf('1'), paise(40)), credit(holdOf('1'), paise(40))];
    await commit({
      effect: effect('hold'),
      expects: { record, actor: 2 },
      postings: { lines },
      history: { of, what: 'done', facts: { step: 'hold', left: undefined } },
      answer: 1,
    });
    clock.advance(1);
    await commit({ effect: effect('silent'), answer: 2 });
    // Of another owner, and forgotten after a day: its line is not.
    await commit({
      effect: { owner: 'asha', name: 'command', keepDays: 1 },
      history: { of, what: 'resumed' },
      answer: 3,
    });
    const { items } = await pageOfHistory(memory, { of, limit: 10 });
    const transaction = String(memory.all().find(({ pk }) => String(pk).startsWith('LEDGER#'))?.transaction);
    expect(items).toEqual([
      {
        ...{ what: 'done', at: '2026-11-24T11:30:00.000Z', facts: { step: 'hold' }, actor: 2 },
        ...{ transaction, postings: lines },
      },
      { what: 'resumed', at: '2026-11-24T11:30:00.001Z', facts: {} },
    ]);
  });

  it('has no second line of an effect that is asked for again, and none of one that was refused', async () => {
    const { commit, memory } = await setUp();
    const once = { effect: effect('hold'), history: { of, what: 'done' }, answer: 1 };
    await commit(once);
    expect((await commit(once)).repeated).toBe(true);
    const late = { ...once, effect: effect('late'), expects: { record, actor: 1 } };
    await expect(commit(late)).rejects.toMatchObject({ name: 'SupersededError' });
    expect((await pageOfHistory(memory, { of, limit: 10 })).items).toHaveLength(1);
  });

  it('keeps lines of the same moment apart, and is read page by page', async () => {
    const { commit, memory } = await setUp();
    for (const name of ['a', 'b', 'c']) {
      await commit({ effect: effect(name), history: { of, what: name }, answer: name });
    }
    const first = await pageOfHistory(memory, { of, limit: 2 });
    const rest = await pageOfHistory(memory, { of, limit: 2, from: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ what }) => what)).toEqual(['a', 'b', 'c']);
    expect(rest).not.toHaveProperty('next');
    expect((await pageOfHistory(memory, { of: 'payment_2', limit: 2 })).items).toEqual([]);
  });
});
