import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MemoryStore, memoryStore } from '../../../shared/effects/index.ts';
import { rupees } from '../../../shared/money/index.ts';
import { bankIn, saga, toldIn } from '../bank.fixture.ts';
import { type AccountId, BackOfficeRequested, OperationKey } from '../contract.ts';
import type { Books } from '../domain/ports.ts';
import { INDEXES } from '../store/ports.ts';
import { backOffice } from './back-office.ts';

const heardLog = () => {
  const lines: { readonly [field: string]: unknown }[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
  return lines;
};

let store: MemoryStore;
let bank: ReturnType<typeof bankIn>;
let id: AccountId;
let log: ReturnType<typeof heardLog>;
beforeEach(async () => {
  log = heardLog();
  store = memoryStore({ indexes: INDEXES });
  bank = bankIn(store);
  id = await bank.open(rupees(1_000_000));
  await bank.behave(id, { approvals: 'by_hand' });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const ask = (key: string, expiresInSeconds = 60) =>
  bank.hold(id, key, saga, { approval: { flow: 'qr', expiresInSeconds } });
const stateOf = async (key: string) => (await bank.did('hold', key)).state;
const writtenAs = async (key: string) =>
  (await bank.ports.books.charge(OperationKey.parse(key)))?.record.state;
const keys = (count: number) => Array.from({ length: count }, (_, n) => `p${n}`);

/** The back office over books of which something is otherwise. */
const comeRoundWith = (otherwise: Partial<Books>, remainingMs = () => 30_000) =>
  backOffice({ ...bank.ports, books: { ...bank.ports.books, ...otherwise } })(
    { backOffice: 'due' },
    { remainingMs },
  );

describe('the back office', () => {
  it('expires what has run out and settles what was captured, and leaves alone what has time', async () => {
    await bank.behave(id, { holdsForMs: 30_000 });
    await bank.hold(id, 'unused');
    await bank.behave(id, { holdsForMs: 900_000, settlesAfterMs: 30_000 });
    await bank.hold(id, 'late');
    await bank.capture('late');
    await bank.hold(id, 'used');
    await ask('silent', 30);
    await ask('thinking', 31);
    bank.clock.at += 30_000;
    await bank.comeRound();
    const states = Object.fromEntries(
      await Promise.all(
        ['unused', 'late', 'used', 'silent', 'thinking'].map(async (key) => [key, await writtenAs(key)]),
      ),
    );
    expect(states).toEqual({
      unused: 'expired',
      late: 'taken',
      used: 'held',
      silent: 'expired',
      thinking: 'awaiting',
    });
    const told = toldIn(store).map(({ subject, data }) => [subject, (data as { state: string }).state]);
    expect(told.sort()).toEqual([
      ['late', 'captured'],
      ['silent', 'expired'],
      ['unused', 'expired'],
    ]);
    expect(await bank.account(id)).toMatchObject({ held: rupees(1_000) });
  });

  it('finds all of it, in whichever shard and however much it is, and does it once', async () => {
    for (const key of keys(120)) await ask(key);
    bank.clock.at += 60_000;
    await bank.comeRound();
    await bank.comeRound();
    expect(new Set(await Promise.all(keys(120).map(writtenAs)))).toEqual(new Set(['expired']));
    expect(toldIn(store)).toHaveLength(120);
  });

  it('writes nothing where the answer was faster than it, whatever it has read', async () => {
    await ask('p1', 60);
    const { books, now } = bank.ports;
    bank.clock.at += 59_000;
    const read = await books.charge(OperationKey.parse('p1'));
    await bank.answer('approve', 'p1');
    async function* walk() {
      yield OperationKey.parse('p1');
    }
    bank.clock.at += 2_000;
    await comeRoundWith({ due: () => [walk()], charge: async () => read });
    expect(await stateOf('p1')).toBe('held');
    expect(log.at(-1)).toMatchObject({ level: 'INFO', key: 'p1', happening: 'expire' });
    // What the index still shows, though nothing is due of it any more.
    await backOffice({ books: { ...books, due: () => [walk()] }, now })(
      { backOffice: 'due' },
      { remainingMs: () => 30_000 },
    );
    expect([await stateOf('p1'), toldIn(store).length]).toEqual(['held', 1]);
  });

  it('goes on after one that cannot be written, and tries that one again the next time', async () => {
    for (const key of keys(8)) await ask(key);
    bank.clock.at += 60_000;
    const write: Books['write'] = async (writing) => {
      if (writing.writes[0].record.key === 'p3') throw new Error('out of luck');
      return bank.ports.books.write(writing);
    };
    await comeRoundWith({ write });
    expect(await Promise.all(keys(8).map(writtenAs))).toEqual(
      keys(8).map((key) => (key === 'p3' ? 'awaiting' : 'expired')),
    );
    expect(log.filter(({ level }) => level === 'ERROR')).toEqual([
      expect.objectContaining({ key: 'p3', error: expect.objectContaining({ name: 'UnexpectedError' }) }),
    ]);
    await bank.comeRound();
    expect(await writtenAs('p3')).toBe('expired');
  });

  it('leaves off when its time is over, and does the longest due of every shard before the second of any', async () => {
    const shards = bank.ports.books.due(new Date(0)).length;
    for (const key of keys(40)) await ask(key);
    bank.clock.at += 60_000;
    let looks = 0;
    await bank.comeRound(() => (looks++ < shards ? 30_000 : 2_999));
    const done = await Promise.all(
      keys(40).map(async (key) => ((await writtenAs(key)) === 'expired' ? key : '')),
    );
    const partitions = new Set(
      store
        .all()
        .filter(({ dueShard }) => dueShard !== undefined)
        .map(({ dueShard }) => dueShard),
    );
    expect(done.filter(Boolean)).toHaveLength(shards);
    expect(partitions.size).toBe(shards);
    expect(log.at(-1)).toMatchObject({ level: 'WARN' });
    await bank.comeRound();
    expect(toldIn(store)).toHaveLength(40);
  });

  it('takes nothing but the schedule’s own message', () => {
    expect(BackOfficeRequested.safeParse({ backOffice: 'due' }).success).toBe(true);
    for (const other of [{}, { backOffice: 'all' }, { sweep: 'outbox' }]) {
      expect(BackOfficeRequested.safeParse(other).success).toBe(false);
    }
  });
});
