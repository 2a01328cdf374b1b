import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../functions/console/contract.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { onStock } from '../stock.ts';

const { cast, city, run: test, stage } = openCity();
const viewer = stage.as(stage.subject(`viewer-${test}`, 'viewer'), 'console', routes);
const stateOf = async (system: string) => (await viewer.getSystemState({ path: { system } })).body;

describe('how a system does', () => {
  beforeAll(async () => {
    const person = await cast.person('counted');
    await person.doors.getWallet({ path: { userId: person.id } });
  });

  it('names each function, queue and alarm that its stack says it has', async () => {
    for (const { name, functions, queues, alarms } of (await viewer.listSystems({})).body.items) {
      const state = await stateOf(name);
      expect(state.functions.map((one) => one.name)).toEqual(functions);
      expect(state.alarms.map((one) => one.name)).toEqual(alarms);
      const known = state.queues.map((one) => one.name);
      for (const queue of queues) expect(known).toContain(queue.name);
      expect(Date.parse(state.to) - Date.parse(state.from)).toBeLessThanOrEqual(65 * 60_000);
    }
  });

  it('has the calls of a function in the last hour, with errors and how long they took; on stock nothing', async () => {
    // Metrics are behind: stock counts no call that a door brings, and says so by saying nothing.
    const wallet = await waitFor(
      async (seen) => {
        const state = await stateOf('paytm-saga');
        const found = state.functions.find(({ name }) => name === 'paytm-saga-get-wallet');
        seen(found);
        return (onStock() || found?.invocations !== undefined) && found;
      },
      { what: 'the call to be counted', timeoutMs: 30_000, everyMs: 500 },
    );
    if (onStock()) expect(wallet).toEqual({ name: 'paytm-saga-get-wallet' });
    else {
      expect(wallet.invocations).toBeGreaterThan(0);
      expect(wallet).toMatchObject({ errors: expect.any(Number), meanMs: expect.any(Number) });
      expect(wallet.maxMs).toBeGreaterThanOrEqual(wallet.meanMs ?? 0);
    }
  });

  it('counts the messages of every queue, also where no metric is told', async () => {
    const { queues } = await stateOf('console');
    expect(queues.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['console-parking', 'console-keep-events', 'console-keep-events-dead']),
    );
    const parking = queues.find(({ name }) => name === 'console-parking');
    const letters = await queuesOf(city).look('console-parking');
    expect(parking).toMatchObject({ visible: letters.length, inFlight: 0, delayed: 0 });
  });

  it('counts them for whoever looks often, without asking for metrics', async () => {
    const { body } = await viewer.getQueueDepths({ path: { system: 'console' } });
    const { queues } = await stateOf('console');
    expect(body.queues.map(({ name }) => name)).toEqual(queues.map(({ name }) => name));
    for (const queue of body.queues)
      expect(queue).toEqual({
        ...{ name: queue.name, visible: expect.any(Number) },
        ...{ inFlight: expect.any(Number), delayed: expect.any(Number) },
      });
  });

  it('tells of every table of a system whether it is there and what is in it', async () => {
    for (const [system, { outputs, tables }] of Object.entries(city.systems)) {
      const told = (await stateOf(system)).tables ?? [];
      const known = (tables as readonly { output: string }[]).map(({ output }) => outputs[output]);
      expect(told.map(({ name }) => name)).toEqual(known);
      for (const { name, ...table } of told) {
        const counted = { items: expect.any(Number), bytes: expect.any(Number) };
        expect(table, name).toMatchObject({ status: 'ACTIVE', ...counted });
      }
    }
    const [payments] = (await stateOf('paytm-saga')).tables ?? [];
    const [sessions] = (await stateOf('identity')).tables ?? [];
    expect([payments?.stream, sessions?.stream]).toEqual([true, false]);
    expect(payments?.items).toBeGreaterThan(0);
  });

  it('has the state of every alarm, and since when', async () => {
    for (const alarm of (await stateOf('paytm-saga')).alarms) {
      expect(alarm.state, alarm.name).toMatch(/^(OK|ALARM|INSUFFICIENT_DATA)$/);
      expect(Date.parse(alarm.since ?? ''), alarm.name).toBeLessThanOrEqual(Date.now());
    }
  });

  it('is not known of a system that is not there, and not shown to everybody', async () => {
    await expect(stateOf('zomato')).rejects.toMatchObject({ name: 'NotFoundError' });
    const customer = stage.as(stage.subject(`looks-${test}`, 'customer'), 'console', routes);
    const asked = customer.getSystemState({ path: { system: 'console' } });
    await expect(asked).rejects.toMatchObject({ name: 'ForbiddenError' });
  });
});
