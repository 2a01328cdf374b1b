import { beforeAll, describe, expect, it } from 'vitest';
import { runAfter } from '../../../console/model/run.ts';
import { statesOf, waitingIn } from '../../../console/model/waiting.ts';
import { routes, STATUSES } from '../../../functions/console/contract.ts';
import { OperationKey } from '../../../functions/sandbox-bank/contract.ts';
import { client } from '../../../shared/http/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import definition from '../../../statemachines/paytm-saga/payment.asl.json' with { type: 'json' };
import { ended, type Person, pay } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { executionsOf } from '../executions.ts';

const { bank, cast, city, stage, run: test } = openCity();
const MACHINE = 'paytm-saga-payment';
const baseUrl = city.systems.console?.url ?? '';
const executions = executionsOf(city, MACHINE);
const viewer = stage.as(stage.subject(`viewer-${test}`, 'viewer'), 'console', routes);

describe('the console', () => {
  let payer: Person;
  let saga: string;
  beforeAll(async () => {
    payer = await cast.person('watched', { wallet: 100 });
    const merchant = await cast.merchant('stall');
    saga = (await pay(payer, { reference: 'watched', merchant, amount: 10, method: 'paytm_wallet' })).id;
    await ended(payer, saga as never);
  });
  const path = () => ({ machine: MACHINE, run: `${saga}.1` });

  it('knows every system of the city, and what each consists of', async () => {
    const { items } = (await viewer.listSystems({})).body;
    expect(items.map(({ name }) => name)).toEqual(Object.keys(city.systems).toSorted());
    expect(items.find(({ name }) => name === 'paytm-saga')).toMatchObject({
      machines: [MACHINE],
      queues: expect.arrayContaining([
        expect.objectContaining({ name: 'paytm-saga-parking' }),
        expect.objectContaining({
          name: 'paytm-saga-deliver-notice',
          hears: ['paytm-saga.NoticeRequested'],
        }),
      ]),
      functions: expect.arrayContaining(['paytm-saga-start-payment']),
    });
    expect(Object.fromEntries(items.map(({ name, url }) => [name, url]))).toEqual(city.urls);
  });

  it('counts the executions of each machine by their status', async () => {
    const { items } = (await viewer.listMachines({})).body;
    const machine = items.find(({ name }) => name === MACHINE);
    expect(machine?.runs.map(({ status }) => status)).toEqual(STATUSES);
    expect(machine?.runs.find(({ status }) => status === 'SUCCEEDED')?.count).toBeGreaterThan(0);
  });

  it('has the definition that is deployed', async () => {
    const { body } = await viewer.getMachine({ path: { machine: MACHINE } });
    const deployed = JSON.parse(body.definition) as typeof definition;
    expect(deployed.StartAt).toBe(definition.StartAt);
    expect(Object.keys(deployed.States)).toEqual(Object.keys(definition.States));
  });

  it('finds a payment by its id, and in the list by page', async () => {
    const found = (await viewer.listRuns({ path: { machine: MACHINE }, query: { saga } })).body;
    expect(found.items).toMatchObject([{ name: `${saga}.1`, number: 1, status: 'SUCCEEDED' }]);
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await viewer.listRuns({
        path: { machine: MACHINE },
        query: { limit: 3, status: 'SUCCEEDED', ...(cursor === undefined ? {} : { cursor }) },
      });
      for (const { name } of page.body.items) {
        expect(seen).not.toContain(name);
        seen.add(name);
      }
      cursor = page.body.next;
    } while (cursor !== undefined && !seen.has(`${saga}.1`));
    expect(seen).toContain(`${saga}.1`);
  });

  it('shows a run, its history from both ends, and one event whole', async () => {
    const { body } = await viewer.getRun({ path: path() });
    expect(body).toMatchObject({ status: 'SUCCEEDED', saga });
    expect(JSON.parse(body.input?.text ?? '')).toMatchObject({ payment: saga });
    const all = (await viewer.listRunEvents({ path: path(), query: { limit: 500 } })).body.items;
    expect(all[0]?.type).toBe('ExecutionStarted');
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    const last = (await viewer.listRunEvents({ path: path(), query: { from: 'end', limit: 1 } })).body;
    expect(last.items).toEqual([all.at(-1)]);
    expect(last.next).toBeDefined();
    const read = runAfter(all);
    expect(read).toMatchObject({ outcome: 'succeeded', missing: [] });
    expect(read.visits.map(({ state }) => state)).toEqual(await executions.statesOf(saga));
    expect(new Set(read.visits.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
    const entered = all.find(({ type }) => type === 'TaskStateEntered');
    const { body: event } = await viewer.getRunEvent({ path: { ...path(), event: entered?.id ?? 0 } });
    expect(event.facts.name).toBe(entered?.facts.name);
  });

  it('says for whom a payment waits, and nothing by which somebody could wake it', async () => {
    const asha = await cast.person('asked');
    await bank.changeAccount({ path: { id: asha.account }, body: { approvals: 'by_hand' } });
    const merchant = await cast.merchant('asker');
    const { id } = await pay(asha, { reference: 'asked', merchant, amount: 10, method: 'upi' });
    const run = { machine: MACHINE, run: `${id}.1` };
    const machine = await viewer.getMachine({ path: { machine: MACHINE } });
    const states = statesOf(machine.body.definition);
    const events = await waitFor(
      async (seen) => {
        const { items } = (await viewer.listRunEvents({ path: run, query: { limit: 500 } })).body;
        const waiting = waitingIn(runAfter(items), states);
        seen(waiting);
        return waiting[0]?.kind === 'token' && items;
      },
      { what: 'the machine to wait for the bank', timeoutMs: 30_000 },
    );
    expect(waitingIn(runAfter(events), states)).toEqual([
      expect.objectContaining({ kind: 'token', state: 'AwaitBank', who: 'paytm-saga-await-bank' }),
    ]);
    // AWS writes the message down, with the token in it; the local cloud does not.
    expect(JSON.stringify(events)).not.toMatch(/token[\\"]*:[\\"]*(?![\\"*])/i);
    await bank.answerRequest({ path: { key: OperationKey.parse(id) }, body: { decision: 'decline' } });
    await ended(asha, id);
  });

  it('does not know machines, runs and events that are not there', async () => {
    const missing = { name: 'NotFoundError' };
    await expect(viewer.getMachine({ path: { machine: 'nobodys' } })).rejects.toMatchObject(missing);
    await expect(viewer.getRun({ path: { ...path(), run: 'payment_0.1' } })).rejects.toMatchObject(missing);
    await expect(
      viewer.listRunEvents({ path: { ...path(), run: 'payment_0.1' }, query: {} }),
    ).rejects.toMatchObject(missing);
    const event = { ...path(), event: 20_000 };
    await expect(viewer.getRunEvent({ path: event })).rejects.toMatchObject(missing);
  });

  it('refuses a cursor that is none, and what is no name, by the field', async () => {
    const cursor = viewer.listRuns({ path: { machine: MACHINE }, query: { cursor: 'made up' } });
    await expect(cursor).rejects.toMatchObject({
      name: 'InvalidInputError',
      facts: { issues: [{ field: 'query.cursor' }] },
    });
    const name = viewer.getRun({ path: { machine: MACHINE, run: 'a b"; --' } as never });
    await expect(name).rejects.toMatchObject({
      name: 'InvalidInputError',
      facts: { issues: [{ field: 'path.run' }] },
    });
  });

  it('is open to viewers and operators alone', async () => {
    await expect(client({ baseUrl, peer: 'console' }, routes).listMachines({})).rejects.toMatchObject({
      name: 'UnauthenticatedError',
    });
    const customer = stage.as(stage.subject(payer.id, 'customer'), 'console', routes);
    await expect(customer.listMachines({})).rejects.toMatchObject({ name: 'ForbiddenError' });
    const operator = stage.as(stage.operator, 'console', routes);
    expect((await operator.listMachines({})).status).toBe(200);
  });
});
