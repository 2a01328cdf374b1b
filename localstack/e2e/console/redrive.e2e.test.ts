import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redriveObstacle, redriveOf } from '../../../console/model/redrive.ts';
import { runAfter } from '../../../console/model/run.ts';
import { statesOf } from '../../../console/model/waiting.ts';
import { type RunEvent, routes } from '../../../functions/console/contract.ts';
import type { PaymentId } from '../../../functions/paytm-saga/contract.ts';
import { OperationKey } from '../../../functions/sandbox-bank/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { askedToApprove, ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { executionsOf } from '../executions.ts';
import { unlessStock } from '../stock.ts';

const { bank, cast, city, differences, run: test, stage } = openCity();
const MACHINE = 'paytm-saga-payment';
const executions = executionsOf(city, MACHINE);
const operator = stage.as(stage.operator, 'console', routes);
const viewer = stage.as(stage.subject(`redrives-${test}`, 'viewer'), 'console', routes);

const redrive = (doors: typeof operator, run: string, key = 'once', machine = MACHINE) =>
  doors.redriveRun({ path: { machine, run }, idempotencyKey: `${test}.${key}` });
const eventsOf = async (run: string) =>
  (await viewer.listRunEvents({ path: { machine: MACHINE, run }, query: { limit: 500 } })).body.items;
const hasEnded = (run: string) =>
  waitFor(
    async () => {
      const { body } = await viewer.getRun({ path: { machine: MACHINE, run } });
      return body.status === 'RUNNING' ? undefined : body;
    },
    { what: `${run} to end`, timeoutMs: 60_000 },
  );

describe('an execution that is redriven', () => {
  let payer: Person;
  let merchant: Awaited<ReturnType<typeof cast.merchant>>;
  let had: number;
  let id: PaymentId;
  let run: string;
  beforeAll(async () => {
    [payer, merchant] = await Promise.all([cast.person('redriven'), cast.merchant('redriven')]);
    had = await cast.availableTo(payer);
    await bank.changeAccount({ path: { id: payer.account }, body: { approvals: 'by_hand' } });
    ({ id } = await pay(payer, { reference: 'redriven', merchant, amount: 40 }));
    run = `${id}.1`;
    await askedToApprove(payer, id);
    await executions.asks(id, 'AwaitBank');
  });
  afterAll(() => executions.sfn.destroy());

  it('is one that has ended: what is under way is refused by its name, and goes on untouched', async () => {
    await unlessStock('an execution is redriven', async () => {
      await expect(redrive(operator, run)).rejects.toMatchObject({ name: 'RunGoesOnError', status: 409 });
      expect((await eventsOf(run)).map(({ type }) => type)).not.toContain('ExecutionRedriven');
    });
  });

  it('is one of the city, and an operator’s to let go on', async () => {
    const missing = { name: 'NotFoundError' };
    await expect(redrive(operator, run, 'once', 'nobodys')).rejects.toMatchObject(missing);
    await expect(redrive(viewer, run)).rejects.toMatchObject({ name: 'ForbiddenError' });
    await unlessStock('an execution is redriven', () =>
      expect(redrive(operator, 'payment_0.1')).rejects.toMatchObject(missing),
    );
  });

  it('goes on where it was stopped, and its payment is made once', async () => {
    const { definition } = (await viewer.getMachine({ path: { machine: MACHINE } })).body;
    const states = statesOf(definition);
    let seen: readonly RunEvent[] = [];
    await unlessStock('an execution is redriven', async () => {
      await executions.stop(id);
      const stopped = await hasEnded(run);
      seen = await eventsOf(run);
      expect(stopped.status).toBe('ABORTED');
      expect(redriveObstacle(stopped, seen.length, Date.now())).toBeUndefined();
      const { status, body } = await redrive(operator, run);
      expect([status, body.name]).toEqual([202, run]);
      expect(Date.parse(body.redrivenAt)).toBeGreaterThanOrEqual(Date.parse(stopped.endedAt ?? ''));
    });
    await bank.answerRequest({ path: { key: OperationKey.parse(id) }, body: { decision: 'approve' } });
    const payment = await ended(payer, id);
    expect([payment.status, new Set(payment.steps.map(({ step }) => step)).size]).toEqual(['completed', 10]);
    expect((await hasEnded(run)).status).toBe('SUCCEEDED');
    expect(had - (await cast.availableTo(payer))).toBe(4_000);

    await unlessStock('an execution is redriven', async () => {
      const read = runAfter(seen);
      const would = redriveOf(read, seen, states);
      expect(would.repeats).toEqual(['AwaitBank']);
      // The machine reads its record after every wait, and may be led to any step from there.
      expect(would.mayRepeat).toEqual(expect.arrayContaining(['Resume', 'ReserveFunds']));
      const after = await eventsOf(run);
      expect(after.slice(0, seen.length)).toEqual(seen);
      // What runs again is what was said; what the record had as done is passed by.
      const before = read.visits.flatMap(({ state, kind }) => (kind === 'Task' ? (state ?? []) : []));
      const again = runAfter(after.slice(seen.length)).visits.flatMap(({ state }) => state ?? []);
      const repeated = before.filter((state) => again.includes(state));
      expect([...would.repeats, ...would.mayRepeat]).toEqual(expect.arrayContaining(repeated));
      expect(repeated).not.toContain('ValidateUser');
      expect(again).toContain('SettleMerchant');
      expect(redriveOf(runAfter(after), after, states).repeats).toEqual([]);
    });
  });

  it('was redriven once, however often the same is asked, and has then succeeded', async () => {
    await unlessStock('an execution is redriven', async () => {
      const { body } = await redrive(operator, run);
      expect(body.status).toBe('SUCCEEDED');
      const redriven = (await eventsOf(run)).filter(({ type }) => type === 'ExecutionRedriven');
      expect(redriven.map(({ at }) => Date.parse(at) - Date.parse(body.redrivenAt))).toEqual([
        expect.toSatisfy((apart: number) => Math.abs(apart) < 1_000),
      ]);
      await expect(redrive(operator, run, 'again')).rejects.toMatchObject({
        ...{ name: 'NotRedrivableError', status: 409 },
        facts: { runStatus: 'SUCCEEDED' },
      });
    });
  });

  it('leaves books in which nothing is missing', async () => {
    expect(await differences()).toEqual([]);
  });
});
