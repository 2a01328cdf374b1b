import { describe, expect, it } from 'vitest';
import { HouseError } from '../errors/index.ts';
import { ConnectionLost } from '../testing/index.ts';
import { atLeast, type Change, update, when } from './change.ts';
import { DEADLINE_MS, setUp, wallet } from './commit-setup.fixture.ts';
import { ChangesRefused, type EffectStore, StoreBusy } from './store.ts';

class PoorError extends HouseError<{ balance: unknown }> {
  override readonly name = 'PoorError';
}

const effect = { owner: 'payment_1', name: 'hold' };
const hold = {
  effect,
  changes: [
    update(
      wallet,
      { add: { balance: -40 } },
      when(atLeast('balance', 40), (found) => new PoorError({ balance: found?.balance })),
    ),
  ],
  answer: 'held',
};

type Transact = (changes: readonly Change[], store: EffectStore) => Promise<void>;

/** A store whose first transactions go as they are told here, and all later ones well. */
const firstGo =
  (...first: readonly Transact[]) =>
  (store: EffectStore): Partial<EffectStore> => {
    const left = [...first];
    return { transact: (changes) => (left.shift() ?? store.transact)(changes, store) };
  };

const busy: Transact = () => Promise.reject(new StoreBusy({ reason: 'TransactionConflict' }));
const failed: Transact = () => Promise.reject(new ConnectionLost());
const answerLost: Transact = async (changes, store) => {
  await store.transact(changes);
  throw new ConnectionLost();
};
const never = (): never => {
  throw new ConnectionLost();
};

describe('a busy store', () => {
  it('is tried again after pauses whose bound doubles up to a second', async () => {
    const { commit, memory, pauses } = await setUp(firstGo(busy, busy, busy));
    expect(await commit(hold)).toEqual({ answer: 'held', repeated: false });
    expect(pauses).toEqual([12, 25, 50]);
    expect(await memory.get(wallet)).toMatchObject({ balance: 60 });
  });

  it('is given up before the deadline is over, with its own error as the cause', async () => {
    const { commit, pauses } = await setUp((store) => ({ transact: (changes) => busy(changes, store) }));
    await expect(commit(hold)).rejects.toMatchObject({
      name: 'TransientError',
      retryable: true,
      cause: { facts: { reason: 'TransactionConflict' } },
    });
    expect(pauses).toHaveLength(6);
    expect(pauses.reduce((sum, ms) => sum + ms)).toBeLessThan(DEADLINE_MS);
  });

  it('is asked again before a refusal is believed that may show a moment in between', async () => {
    const halfSeen: Transact = () =>
      Promise.reject(new ChangesRefused([{ index: 1, found: { balance: 0 } }], { busy: true }));
    const { commit } = await setUp(firstGo(halfSeen));
    expect(await commit(hold)).toEqual({ answer: 'held', repeated: false });
  });

  it('is believed when it shows the own record, whatever else is contested', async () => {
    const own: Transact = async (changes, store) => {
      await store.transact(changes);
      throw new ChangesRefused([{ index: 0, found: { answer: 'first', by: 'another' } }], { busy: true });
    };
    const { commit, pauses } = await setUp(firstGo(own));
    expect(await commit(hold)).toEqual({ answer: 'first', repeated: true });
    expect(pauses).toEqual([]);
  });

  it('is asked again when it refuses the own record and does not show it', async () => {
    const blind: Transact = () => Promise.reject(new ChangesRefused([{ index: 0, found: undefined }]));
    const { commit } = await setUp(firstGo(blind));
    expect(await commit(hold)).toEqual({ answer: 'held', repeated: false });
  });
});

describe('a lost answer', () => {
  it('is settled by the record when the write happened, and it was no repeat', async () => {
    const { commit, memory, pauses } = await setUp(firstGo(answerLost));
    expect(await commit(hold)).toEqual({ answer: 'held', repeated: false });
    expect(pauses).toEqual([]);
    expect(await memory.get(wallet)).toMatchObject({ balance: 60 });
  });

  it('is settled by the record of another caller who was first', async () => {
    let first = true;
    const { commit, memory } = await setUp((store) => ({
      async transact(changes) {
        await store.transact(changes);
        if (first) {
          first = false;
          return;
        }
        throw new ConnectionLost();
      },
    }));
    await commit(hold);
    expect(await commit({ ...hold, answer: 'second' })).toEqual({ answer: 'held', repeated: true });
    expect(await memory.get(wallet)).toMatchObject({ balance: 60 });
  });

  it('is no answer: where no record is, the write is tried again', async () => {
    const { commit, memory, pauses } = await setUp(firstGo(failed, failed));
    expect(await commit(hold)).toEqual({ answer: 'held', repeated: false });
    expect(pauses).toEqual([12, 25]);
    expect(await memory.get(wallet)).toMatchObject({ balance: 60 });
  });

  it('does not count an expired record as the answer', async () => {
    const { commit, memory, clock } = await setUp(
      firstGo((changes, store) => store.transact(changes), failed),
    );
    const brief = { ...hold, effect: { ...effect, keepDays: 1 } };
    await commit(brief);
    clock.advance(2 * 86_400_000);
    expect(await commit({ ...brief, answer: 'again' })).toEqual({ answer: 'again', repeated: false });
    expect(await memory.get(wallet)).toMatchObject({ balance: 20 });
  });

  it('stays open while the record cannot be read either, and then is a TransientError', async () => {
    const { commit, memory } = await setUp((store) => ({
      transact: (changes) => answerLost(changes, store),
      get: async () => never(),
    }));
    // The second try meets the first one's record, which is an answer.
    expect(await commit(hold)).toEqual({ answer: 'held', repeated: false });
    expect(await memory.get(wallet)).toMatchObject({ balance: 60 });
    const out = await setUp(() => ({ transact: async () => never(), get: async () => never() }));
    await expect(out.commit(hold)).rejects.toMatchObject({
      name: 'TransientError',
      cause: { code: 'ECONNRESET' },
    });
  });
});

describe('a defect of the store', () => {
  it('is thrown at once, as it is', async () => {
    const defect = new TypeError('the table cannot take this');
    const { commit, pauses } = await setUp(firstGo(() => Promise.reject(defect)));
    await expect(commit(hold)).rejects.toBe(defect);
    expect(pauses).toEqual([]);
  });

  it('is what a refusal is that no guard explains', async () => {
    const unexplained =
      (index: number): Transact =>
      () =>
        Promise.reject(new ChangesRefused([{ index, found: { balance: 50 } }]));
    for (const index of [1, 9]) {
      const { commit } = await setUp(firstGo(unexplained(index)));
      await expect(commit(hold)).rejects.toThrow('every guard holds');
    }
  });

  it('tells the error of the guard otherwise', async () => {
    const { commit } = await setUp(
      firstGo(() => Promise.reject(new ChangesRefused([{ index: 1, found: { balance: 5 } }]))),
    );
    await expect(commit(hold)).rejects.toMatchObject({ name: 'PoorError', facts: { balance: 5 } });
  });
});
