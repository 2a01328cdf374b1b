import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransientError } from '../../../shared/errors/index.ts';
import { DAY } from '../city.fixture.ts';
import { closingCity, TO_CLOSING } from '../closing.fixture.ts';
import type { ClosingView } from '../contract.closing.ts';
import { cityWithDoors, heardLog, operator } from '../doors.fixture.ts';

let closing: ReturnType<typeof closingCity>;
let doors: ReturnType<typeof cityWithDoors>;
beforeEach(() => {
  heardLog();
  closing = closingCity();
  doors = cityWithDoors(closing.store);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const path = { day: DAY };
/** Both clocks go on. */
const pass = (ms: number) => {
  closing.clock.advance(ms);
  doors.clock.advance(ms);
};
const workOff = async () => {
  for (const work of doors.closingWork.splice(0)) await closing.work(work);
};

describe('a reconciliation that an operator asks for', () => {
  it('is an interim one while the day is not over: accepted, under way, done', async () => {
    await closing.move({ key: 'payment_1', amount: 1_500 });
    pass(1_000);
    const { status, headers, body } = await doors.reconcileDay(operator, { path });
    const underWay = { day: DAY, kind: 'interim', status: 'in_progress' };
    expect([status, headers, body]).toEqual([202, { Location: 'reconciliation' }, underWay]);
    expect((await doors.getReconciliation(operator, { path })).body).toEqual(underWay);
    expect(doors.closingWork).toEqual([{ closing: 'due', interim: DAY }]);
    await workOff();
    expect((await doors.getReconciliation(operator, { path })).body).toEqual({
      ...{ day: DAY, kind: 'interim', status: 'done', until: doors.clock.now().toISOString() },
      ...{ bankBalance: 1_500, ledgerBalance: 1_500, bankLines: 1, ledgerLines: 1 },
      ...{ differences: [], inTransit: [] },
    });
  });

  it('is the same under the same key, and a new one under another', async () => {
    await doors.reconcileDay(operator, { path });
    await workOff();
    expect((await doors.reconcileDay(operator, { path })).body).toMatchObject({
      status: 'done',
      bankLines: 0,
    });
    expect(doors.closingWork).toEqual([]);
    await closing.move({ key: 'payment_1', at: 'bank' });
    pass(1_000);
    expect((await doors.reconcileDay(operator, { path })).body).toMatchObject({ bankLines: 0 });
    const again = await doors.reconcileDay(operator, { path, idempotencyKey: 'key-2' });
    expect(again.body).toMatchObject({ status: 'in_progress' });
    await workOff();
    expect((await doors.getReconciliation(operator, { path })).body).toMatchObject({
      differences: [{ key: 'payment_1', kind: 'only_at_bank', bank: 1_000, ledger: 0 }],
    });
  });

  it('is sent again under its key when it could not be sent', async () => {
    doors.faults.send = new TransientError({ reason: 'no queue' });
    await expect(doors.reconcileDay(operator, { path })).rejects.toMatchObject({ name: 'TransientError' });
    delete doors.faults.send;
    await doors.reconcileDay(operator, { path });
    await workOff();
    expect((await doors.getReconciliation(operator, { path })).body.status).toBe('done');
  });

  it('is the final one when the day is over, and stays as it is', async () => {
    await closing.move({ key: 'payment_1' });
    pass(TO_CLOSING);
    const asked = await doors.reconcileDay(operator, { path });
    expect(asked.body).toEqual({ day: DAY, kind: 'final', status: 'in_progress' });
    expect(doors.closingWork).toEqual([{ closing: 'due' }]);
    await workOff();
    const { body } = await doors.getReconciliation(operator, { path });
    expect(body).toMatchObject({ kind: 'final', status: 'done', until: '2026-11-24T18:30:00.000Z' });
    expect((await doors.reconcileDay(operator, { path, idempotencyKey: 'key-2' })).body).toEqual(body);
    expect(doors.closingWork).toEqual([]);
  });

  it('needs a day that has begun, and that is not before the books', async () => {
    const tomorrow = doors.reconcileDay(operator, { path: { day: '2026-11-25' } });
    await expect(tomorrow).rejects.toMatchObject({ name: 'DayNotBegunError', facts: { day: '2026-11-25' } });
    await closing.move({ key: 'payment_1' });
    pass(TO_CLOSING);
    await closing.work();
    const before = { path: { day: '2026-11-23' } };
    await expect(doors.reconcileDay(operator, before)).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(doors.getReconciliation(operator, before)).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

describe('the closings of a day', () => {
  it('are there once it is closed, page by page', async () => {
    for (const n of [1, 2, 3]) await closing.move({ key: `payment_${n}`, amount: n * 100 });
    await expect(doors.listClosings(operator, { path })).rejects.toMatchObject({
      ...{ name: 'NotFoundError', facts: { what: 'closing', id: DAY } },
    });
    pass(TO_CLOSING);
    await closing.work();
    const seen: ClosingView[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 1, ...(cursor ? { cursor } : {}) };
      const { body } = await doors.listClosings(operator, { path, query });
      seen.push(...body.items);
      cursor = body.next;
    } while (cursor);
    expect(seen).toEqual([
      { account: 'bank-clearing', day: DAY, opening: 0, debits: 600, credits: 0, closing: -600, postings: 3 },
      ...[1, 2, 3].map((n) => ({
        ...{ account: `wallet:payment_${n}`, day: DAY, opening: 0, debits: 0 },
        ...{ credits: n * 100, closing: n * 100, postings: 1 },
      })),
    ]);
  });
});
