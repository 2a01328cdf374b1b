import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HouseError } from '../../../shared/errors/index.ts';
import { say } from '../../../shared/messages/index.ts';
import { routes } from '../contract.ts';
import { type Execution, RedriveRefused } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { type RedriveRunPorts, redriveRun } from './redrive-run.ts';

const MACHINE = 'paytm-saga-payment';
const RUN = 'payment_1.1';
const ended = new Date('2026-11-01T00:00:00.000Z');
const DAY_MS = 86_400_000;

let run: Execution | undefined;
/** What Step Functions was asked for, `<run> <key>`. */
let asked: string[];
let now: Date;
/** Lines. */
let log: string[];
beforeEach(() => {
  run = { name: RUN, status: 'ABORTED', startedAt: ended, endedAt: ended };
  asked = [];
  now = new Date(ended.getTime() + DAY_MS);
  log = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    log.push(String(line));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const ports = {
  systems: async () => [{ name: 'paytm-saga', machines: [MACHINE] }],
  now: () => now,
  machines: {
    run: async () => run,
    redrive: async (_machine: string, name: string, key: string) => {
      if (!run) return undefined;
      // Of the age of an execution it knows by itself.
      if (!/FAILED|TIMED_OUT|ABORTED/.test(run.status) || now.getTime() > ended.getTime() + 14 * DAY_MS)
        throw new RedriveRefused('Execution cannot be redriven');
      asked.push(`${name} ${key}`);
      run = { name: RUN, status: 'RUNNING', startedAt: ended };
      return now;
    },
  },
} as unknown as RedriveRunPorts;

const redrive = (machine = MACHINE) =>
  redriveRun(ports)({
    ...{
      path: { machine, run: RUN },
      idempotencyKey: 'k1',
      caller: { subject: 'operator', roles: ['operator'] },
    },
  } as never);

describe('a redrive', () => {
  it.each(['ABORTED', 'FAILED', 'TIMED_OUT'])(
    'lets a run go on that is %s, and tells what it is then',
    async (status) => {
      run = { name: RUN, status, startedAt: ended, endedAt: ended };
      const { status: answered, body } = await redrive();
      expect(answered).toBe(202);
      expect(body).toMatchObject({
        machine: MACHINE,
        name: RUN,
        status: 'RUNNING',
        redrivenAt: now.toISOString(),
      });
      expect(body).not.toHaveProperty('endedAt');
      expect(asked).toEqual([`${RUN} k1`]);
    },
  );

  it('is written down with who asked for it, and only when it was done', async () => {
    await redrive();
    expect(log.filter((line) => line.includes('run redriven'))).toHaveLength(1);
    expect(log.join()).toMatch(/"by":"operator"/);
    await expect(redrive()).rejects.toThrow();
    expect(log.filter((line) => line.includes('run redriven'))).toHaveLength(1);
  });

  it.each([
    ['RUNNING', 1, 'RunGoesOnError'],
    ['RUNNING', 15, 'RunGoesOnError'],
    ['SUCCEEDED', 1, 'NotRedrivableError'],
    ['SUCCEEDED', 15, 'NotRedrivableError'],
    ['FAILED', 15, 'RunTooOldError'],
    ['PENDING_REDRIVE', 1, 'NotRedrivableError'],
  ])('of what is %s, %i days after its end, is refused as %s', async (status, days, name) => {
    run = { name: RUN, status, startedAt: ended, ...(status === 'RUNNING' ? {} : { endedAt: ended }) };
    now = new Date(ended.getTime() + days * DAY_MS);
    const refused = await redrive().catch((thrown: HouseError) => thrown);
    expect(refused).toMatchObject({ name, status: 409, retryable: false, facts: { run: RUN } });
    expect(refused).toHaveProperty('cause.name', 'RedriveRefused');
    expect(asked).toEqual([]);
  });

  it('of what is not there is not found', async () => {
    const missing = { name: 'NotFoundError' };
    await expect(redrive('nobodys')).rejects.toMatchObject(missing);
    run = undefined;
    await expect(redrive()).rejects.toMatchObject(missing);
  });

  it('passes on what is no refusal', async () => {
    const lost = Object.assign(new Error('x'), { name: 'ThrottlingException' });
    const machines = { ...ports.machines, redrive: async () => Promise.reject(lost) };
    const call = redriveRun({ ...ports, machines })({ path: { machine: MACHINE, run: RUN } } as never);
    await expect(call).rejects.toBe(lost);
  });

  it.each([...routes.redriveRun.errors])('says %s in both languages', (name) => {
    for (const runStatus of ['SUCCEEDED', 'FAILED']) {
      expect(say(messages, name, { run: RUN, runStatus }, 'en')).toMatch(
        /^[A-Zp].*payment_1\.1.*\.$|^payment_1/,
      );
      expect(say(messages, name, { run: RUN, runStatus }, 'hi')).toMatch(/[\u0900-\u097F].*।$/);
      expect(say(messages, name, {}, 'en')).not.toContain('undefined');
    }
  });
});
