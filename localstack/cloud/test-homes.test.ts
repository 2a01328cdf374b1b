import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloudPaths } from './paths.ts';
import { identityOf } from './process-identity.mjs';
import { progress } from './progress.mjs';
import { endCitiesOfTheDead, testHome } from './test-homes.ts';

let homes: string;
beforeEach(() => {
  homes = mkdtempSync(join(tmpdir(), 'test-homes-'));
});
afterEach(() => rmSync(homes, { recursive: true, force: true }));

/** A process that waits, in the place of an emulator, running the city in a folder. */
const emulatorIn = (folder: string) => {
  const emulator = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  mkdirSync(folder, { recursive: true });
  const record = { pid: emulator.pid, port: 4566, startedAt: '', identity: identityOf(emulator.pid ?? 0) };
  writeFileSync(cloudPaths(folder).run, JSON.stringify(record));
  return emulator;
};

/** The number of a process that is over. */
const gone = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
};
const end = () => endCitiesOfTheDead(progress({ verbose: false }), homes);

it('the city of a test whose process was killed is stopped and forgotten, also in a copy of the project', async () => {
  const owner = await gone();
  const folders = [join(homes, `${owner}-up-x`), join(homes, `${owner}-life-x`, '.cloud')];
  const ends = folders.map((folder) => once(emulatorIn(folder), 'exit'));
  await end();
  expect(await Promise.all(ends)).toEqual([
    [null, 'SIGTERM'],
    [null, 'SIGTERM'],
  ]);
  expect(folders.map((folder) => existsSync(folder))).toEqual([false, false]);
});

it('a command that is still at work on such a city is ended first', async () => {
  const home = join(homes, `${await gone()}-up-x`);
  mkdirSync(home);
  const command = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const holder = { pid: command.pid, identity: identityOf(command.pid ?? 0), doing: 'up' };
  writeFileSync(cloudPaths(home).lock, JSON.stringify(holder));
  const ended = once(command, 'exit');
  await end();
  expect(await ended).toEqual([null, 'SIGINT']);
  expect(existsSync(home)).toBe(false);
});

it('the city of a test that runs is left alone', async () => {
  const home = testHome('up', homes);
  const emulator = emulatorIn(home);
  await end();
  expect(existsSync(home)).toBe(true);
  expect(emulator.signalCode).toBeNull();
  const ended = once(emulator, 'exit');
  emulator.kill('SIGTERM');
  expect(await ended).toEqual([null, 'SIGTERM']);
});
