import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { FaultToArm } from '../../../shared/faults/index.ts';
import { mayBeArmed } from '../../../shared/faults/marks.ts';
import { fixedClock, sequenceIds } from '../../../shared/testing/index.ts';
import { faults } from './faults.ts';

const FUNCTION = 'paytm-saga-close';
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'faults-'));
  vi.stubEnv('FAULT_MARKS', join(home, 'marks'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** A table in memory, whose every answer comes when the scheduler lets it. */
const tableOf = (scheduler: fc.Scheduler) => {
  const items = new Map<string, object>();
  const keyOf = ({ pk, sk }: { pk?: unknown; sk?: unknown } = {}) => `${pk} ${sk}`;
  const happens = (command: object): object => {
    if (command instanceof ScanCommand) return { Items: [...items.values()] };
    if (command instanceof PutCommand) items.set(keyOf(command.input.Item), command.input.Item ?? {});
    if (command instanceof DeleteCommand) items.delete(keyOf(command.input.Key));
    return {};
  };
  const send = scheduler.scheduleFunction(async (command: object) => happens(command));
  return { items, client: { send } as never };
};

test.prop([fc.scheduler(), fc.nat(2)])(
  'a function looks for whatever is armed for it, however arming and disarming fall together',
  async (scheduler, more) => {
    rmSync(join(home, 'marks'), { recursive: true, force: true });
    const { items, client } = tableOf(scheduler);
    const { arm, disarm } = faults({
      ...{ client, table: 'faults', ids: sequenceIds() },
      now: fixedClock('2026-11-29T00:00:00.000Z').now,
    });
    const fault = FaultToArm.parse({ function: FUNCTION, kind: 'error' });
    const all = Promise.all([arm(fault), disarm(), ...Array.from({ length: more }, () => arm(fault))]);
    await scheduler.waitFor(all);
    if (items.size > 0) expect(mayBeArmed(FUNCTION)).toBe(true);
  },
);
