import { it } from 'vitest';
import { type Cloud, onCloud, onOwnCloud } from './harness/cloud.ts';
import { within } from './harness/outcome.ts';
import type { Page } from './harness/pages.ts';

export type { Cloud } from './harness/cloud.ts';

/** What a behaviour says of itself; its result is added when it was tried. */
export interface Said {
  readonly sentence: string;
  readonly page: Page;
  readonly reliedOn?: string;
  /** Why it is not tried yet. */
  readonly waits?: string;
}

declare module 'vitest' {
  interface TaskMeta {
    said?: Said;
  }
}

export interface About {
  /** The page of AWS that states it. */
  readonly page: Page;
  /** Which code of ours stops being right without it: `shared/effects — one transaction or nothing`. */
  readonly reliedOn?: string;
}

/** What takes longer could not be tried. */
const LONGEST_MS = 60_000;
/** A machine that does much else at the time is no difference; a cloud that does otherwise does so twice. */
const TRIES_AGAIN = 1;
/** AWS makes tables, mappings and stacks slowly. */
const LONGEST_ON_AWS_MS = 600_000;
/** So long vitest waits, which would tell a time-out as any other failure. */
const VITEST_WAITS_MS = 2 * LONGEST_ON_AWS_MS;

/**
 * One behaviour of AWS that a cloud is asked for, as a test.
 *
 * @param sentence what AWS does, in the present tense; its row in the table
 * @param tries throws a `Difference` (take `expectSeen`) when the cloud does otherwise. Behaviours of a file run side
 *   by side: names come from `cloud.name`, waiting is `waitFor`
 */
export const behaviour = (
  sentence: string,
  { page, reliedOn }: About,
  tries: (cloud: Cloud) => Promise<void>,
): void => {
  const longest = process.env.DABBA_PARITY_TARGET === 'aws' ? LONGEST_ON_AWS_MS : LONGEST_MS;
  it.concurrent(sentence, { timeout: VITEST_WAITS_MS, retry: TRIES_AGAIN }, async ({ task }) => {
    task.meta.said = { sentence, page, ...(reliedOn ? { reliedOn } : {}) };
    await within(longest, onCloud(tries));
  });
};

/**
 * What AWS keeps, asked of an emulator that is stopped as `npm stop` does and started again meanwhile. It is the
 * behaviour's own, so it is tried only where the suite can start one, and those of a file one after the other.
 */
export const behaviourAcrossRestart = (
  sentence: string,
  { page, reliedOn }: About,
  tries: (cloud: Cloud, restart: () => Promise<void>) => Promise<void>,
): void => {
  it(sentence, { timeout: VITEST_WAITS_MS, retry: TRIES_AGAIN }, async ({ task, skip }) => {
    task.meta.said = { sentence, page, ...(reliedOn ? { reliedOn } : {}) };
    if (!['local', 'stock'].includes(process.env.DABBA_PARITY_TARGET ?? '')) skip('it stops the emulator');
    await within(LONGEST_MS, onOwnCloud(tries));
  });
};

/** A behaviour that no code of ours needs yet: a row of the table, to be tried by whoever needs it first. */
export const behaviourToCome = (sentence: string, { page, waits }: { page: Page; waits: string }): void => {
  it.concurrent(sentence, ({ task, skip }) => {
    task.meta.said = { sentence, page, waits };
    skip(waits);
  });
};
