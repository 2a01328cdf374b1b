import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloudPaths } from '../../cloud/paths.ts';
import { identityOf } from '../../cloud/process-identity.mjs';
import { sweepEarlierClouds } from './own-cloud.ts';

let homes: string;
beforeEach(() => {
  homes = mkdtempSync(join(tmpdir(), 'parity-'));
});
afterEach(() => rmSync(homes, { recursive: true, force: true }));

/** A process that waits, in the place of an emulator. */
const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

const home = (owner: number, emulator: number | undefined, identity = identityOf(emulator ?? 0)): string => {
  const paths = cloudPaths(join(homes, `${owner}-x`));
  mkdirSync(paths.home);
  writeFileSync(paths.run, JSON.stringify({ pid: emulator, port: 4566, identity }));
  return paths.home;
};

/** The number of a process that is over. */
const gone = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
};

it('ends the emulator of a run that was killed, and forgets it', async () => {
  const emulator = sleeper();
  const folder = home(await gone(), emulator.pid);
  const ended = once(emulator, 'exit');
  sweepEarlierClouds(homes);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(existsSync(folder)).toBe(false);
});

it('leaves the emulator of a run that lives, and another process that has the number of a dead one', async () => {
  const theirs = sleeper();
  const stranger = sleeper();
  const kept = home(process.pid, theirs.pid);
  const left = home(await gone(), stranger.pid, 'started earlier');
  sweepEarlierClouds(homes);
  expect([existsSync(kept), existsSync(left)]).toEqual([true, false]);
  for (const child of [theirs, stranger]) {
    expect(child.signalCode).toBeNull();
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  }
});
