import { beforeEach, describe, expect, it } from 'vitest';
import type { SystemView } from '../contract.ts';
import {
  type ConsolePorts,
  CursorRefused,
  type Execution,
  type HistoryEvent,
  type Page,
} from '../domain/ports.ts';
import { getMachine } from './get-machine.ts';
import { getRun } from './get-run.ts';
import { getRunEvent } from './get-run-event.ts';
import { listMachines } from './list-machines.ts';
import { listRunEvents } from './list-run-events.ts';
import { listRuns } from './list-runs.ts';
import { listSystems } from './list-systems.ts';

const MACHINE = 'paytm-saga-payment';
const startedAt = new Date('2026-11-28T10:00:00Z');
const system = (name: string, machines: string[] = []): SystemView => ({
  ...{ name, machines, functions: [], queues: [], alarms: [], events: { out: [], in: [] } },
});

let runs: Execution[];
let history: HistoryEvent[];
let gone: boolean;

/** Pages by the place in the list, as text. */
const pageOf = <T>(items: readonly T[], cursor: string | undefined, limit: number): Page<T> => {
  const from = Number(cursor ?? 0);
  if (!Number.isInteger(from)) throw new CursorRefused();
  const next = from + limit < items.length ? String(from + limit) : undefined;
  return { items: items.slice(from, from + limit), next };
};

const ports: ConsolePorts = {
  systems: async () => [system('identity'), system('paytm-saga', [MACHINE])],
  machines: {
    count: async (_machine, status) => ({
      count: runs.filter((run) => run.status === status).length,
      more: false,
    }),
    definition: async () =>
      gone ? undefined : { definition: '{"StartAt":"Open"}', createdAt: startedAt.toISOString() },
    runs: async (_machine, { status, cursor, limit }) =>
      pageOf(
        runs.filter((run) => status === undefined || run.status === status),
        cursor,
        limit,
      ),
    run: async (_machine, name) => runs.find((run) => run.name === name),
    redrive: async () => undefined,
    events: async (_machine, name, { backwards, cursor, limit }) =>
      runs.some((run) => run.name === name)
        ? pageOf(backwards ? history.toReversed() : history, cursor, limit)
        : undefined,
  },
};

beforeEach(() => {
  gone = false;
  const run = (name: string, status: string): Execution => ({ name, status, startedAt });
  runs = [run('payment_2.1', 'RUNNING'), run('payment_1.2', 'SUCCEEDED'), run('payment_1.1', 'ABORTED')];
  history = Array.from({ length: 2_500 }, (_, index) => ({
    id: index + 1,
    timestamp: startedAt,
    type: 'TaskScheduled',
    taskScheduledEventDetails: { parameters: 'x'.repeat(3_000) },
  }));
});

const path = { machine: MACHINE, run: 'payment_1.2' };
const asked = (request: object) => request as never;
const missing = (id: string) => ({ name: 'NotFoundError', facts: { id } });

it('lists systems and machines with what runs of them', async () => {
  const addresses = async () => new Map([['identity', 'http://127.0.0.1/identity']]);
  const { items } = (await listSystems({ ...ports, addresses })()).body;
  expect(items.map(({ name }) => name)).toEqual(['identity', 'paytm-saga']);
  expect(items[0]).toMatchObject({ url: 'http://127.0.0.1/identity' });
  expect(items[1]).not.toHaveProperty('url');
  const [machine, ...others] = (await listMachines(ports)()).body.items;
  expect(others).toEqual([]);
  expect(machine).toMatchObject({ name: MACHINE, system: 'paytm-saga' });
  expect(machine?.runs.map(({ status, count }) => `${status} ${count}`)).toEqual([
    ...['RUNNING 1', 'SUCCEEDED 1', 'FAILED 0', 'TIMED_OUT 0', 'ABORTED 1'],
  ]);
});

describe('a machine', () => {
  it('is given with its definition', async () => {
    const { body } = await getMachine(ports)(asked({ path }));
    expect(body).toMatchObject({ name: MACHINE, system: 'paytm-saga', definition: '{"StartAt":"Open"}' });
  });

  it('that no system of the city has is not found, even if the account has it', async () => {
    const other = asked({ path: { ...path, machine: 'somebody-elses' }, query: { limit: 10 } });
    for (const door of [getMachine, listRuns, getRun, listRunEvents]) {
      await expect(door(ports)(other)).rejects.toMatchObject(missing('somebody-elses'));
    }
    const event = asked({ path: { ...path, machine: 'somebody-elses', event: 1 } });
    await expect(getRunEvent(ports)(event)).rejects.toMatchObject(missing('somebody-elses'));
  });

  it('that its stack deletes at the moment is not found', async () => {
    gone = true;
    await expect(getMachine(ports)(asked({ path }))).rejects.toMatchObject(missing(MACHINE));
  });
});

describe('executions', () => {
  const list = async (query: object) => (await listRuns(ports)(asked({ path, query }))).body;

  it('come by page', async () => {
    const first = await list({ limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(['payment_2.1', 'payment_1.2']);
    const { items } = await list({ limit: 2, cursor: 'next' in first ? first.next : '' });
    expect(items.map(({ name }) => name)).toEqual(['payment_1.1']);
  });

  it('of one status', async () => {
    expect((await list({ limit: 10, status: 'RUNNING' })).items.map(({ name }) => name)).toEqual([
      'payment_2.1',
    ]);
  });

  it('of one saga, the newest first, of one status if that is asked for', async () => {
    const saga = { saga: 'payment_1', limit: 10 };
    expect((await list(saga)).items.map(({ number }) => number)).toEqual([2, 1]);
    expect((await list({ ...saga, status: 'ABORTED' })).items.map(({ number }) => number)).toEqual([1]);
    expect(await list({ saga: 'payment_0', limit: 10 })).toEqual({ items: [] });
  });

  it('of one saga, however often people let it go on', async () => {
    const numbers = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    runs = numbers.map((number) => ({ name: `payment_3.${number}`, status: 'FAILED', startedAt }));
    expect((await list({ saga: 'payment_3', limit: 10 })).items.map(({ number }) => number)).toEqual(numbers);
  });

  it('are refused for a cursor that is none, by the name of the field in both languages', async () => {
    const issue = { field: 'query.cursor', expectedHi: expect.stringMatching(/कर्सर/) };
    for (const door of [listRuns, listRunEvents]) {
      const wrong = door(ports)(asked({ path, query: { limit: 2, cursor: 'made up' } }));
      await expect(wrong).rejects.toMatchObject({ name: 'InvalidInputError', facts: { issues: [issue] } });
    }
  });
});

describe('a run', () => {
  it('is given, or not found', async () => {
    expect((await getRun(ports)(asked({ path }))).body).toMatchObject({ saga: 'payment_1', number: 2 });
    const other = asked({ path: { ...path, run: 'payment_9.1' } });
    await expect(getRun(ports)(other)).rejects.toMatchObject(missing('payment_9.1'));
  });

  it('tells its history from both ends, without long payloads', async () => {
    const ids = async (from: string) => {
      const { body } = await listRunEvents(ports)(asked({ path, query: { from, limit: 2 } }));
      expect(body).toMatchObject({ next: '2' });
      expect(body.items.map(({ payloads }) => payloads.parameters)).toEqual([
        { size: 3_000 },
        { size: 3_000 },
      ]);
      return body.items.map(({ id }) => id);
    };
    expect(await ids('beginning')).toEqual([1, 2]);
    expect(await ids('end')).toEqual([2_500, 2_499]);
  });

  it('gives any one event whole, or not found', async () => {
    const event = async (id: number, run = path.run) =>
      (await getRunEvent(ports)(asked({ path: { ...path, run, event: id } }))).body;
    expect(await event(2_400)).toMatchObject({
      id: 2_400,
      payloads: { parameters: { text: 'x'.repeat(3_000) } },
    });
    await expect(event(2_501)).rejects.toMatchObject(missing('2501'));
    await expect(event(1, 'payment_9.1')).rejects.toMatchObject(missing('payment_9.1'));
  });

  it('that is not there has no history', async () => {
    const other = asked({ path: { ...path, run: 'payment_9.1' }, query: { limit: 2 } });
    await expect(listRunEvents(ports)(other)).rejects.toMatchObject(missing('payment_9.1'));
  });
});
