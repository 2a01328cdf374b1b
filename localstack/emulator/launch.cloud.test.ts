import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHARED_PATHS } from '../cloud/paths.ts';
import { ensureVenv } from '../cloud/venv.ts';

const HERE = import.meta.dirname;

interface Launch {
  readonly choice?: string;
  readonly folder?: string;
  /** Found before the packages of the virtual environment. */
  readonly packages?: string;
}

/** Loads the corrections and prints their seams; starts no server. */
const launch = async ({ choice, folder = HERE, packages }: Launch = {}) => {
  const env: NodeJS.ProcessEnv = { PATH: '/usr/bin:/bin', AUTH: 'true', PYTHONDONTWRITEBYTECODE: '1' };
  if (choice !== undefined) env.DABBA_CORRECTIONS = choice;
  if (packages) env.PYTHONPATH = packages;
  const command = promisify(execFile)(
    join(SHARED_PATHS.venv, 'bin/python'),
    [join(folder, 'launch.py'), '--seams'],
    { env },
  );
  const { stdout } = await command;
  return stdout.split('\n').filter(Boolean);
};

const loadedBy = async (choice: string): Promise<readonly string[]> => [
  ...new Set(
    (await launch({ choice })).flatMap((line) => {
      const name = line.split(' ')[0] ?? '';
      return name.startsWith('_') ? [] : [name];
    }),
  ),
];

let copies: string;
const copy = (name: string): string => {
  const folder = join(copies, name);
  cpSync(HERE, folder, { recursive: true });
  return folder;
};

beforeAll(async () => {
  const { venv: folder, requirements } = SHARED_PATHS;
  await ensureVenv({ folder, requirements, log: `${folder}-install` });
  copies = mkdtempSync(join(tmpdir(), 'launcher-'));
});
afterAll(() => rmSync(copies, { recursive: true, force: true }));

describe('the launcher', () => {
  it('refuses another version of the emulator, and says how to get the right one', async () => {
    const packages = join(copies, 'another');
    mkdirSync(join(packages, 'ministack-9.9.9.dist-info'), { recursive: true });
    const metadata = 'Metadata-Version: 2.1\nName: ministack\nVersion: 9.9.9\n';
    writeFileSync(join(packages, 'ministack-9.9.9.dist-info/METADATA'), metadata);
    await expect(launch({ packages })).rejects.toThrow(
      /for ministack 1\.5\.33, but 9\.9\.9 .*requirements\.txt/,
    );
  });

  it('loads the seams that are committed, and no others', async () => {
    const committed = readFileSync(join(HERE, 'seams.txt'), 'utf8').split('\n').filter(Boolean);
    expect(await launch()).toEqual(committed);
  });

  it('refuses a function of the emulator that has changed, by its name, and says what to do', async () => {
    const folder = copy('changed');
    const seams = readFileSync(join(folder, 'seams.txt'), 'utf8');
    const place = 'ministack.services.cloudwatch._evaluate_alarm';
    writeFileSync(join(folder, 'seams.txt'), seams.replace(new RegExp(`(${place}) \\w+`), '$1 000000000000'));
    const started = promisify(execFile)(join(SHARED_PATHS.venv, 'bin/python'), [join(folder, 'launch.py')], {
      env: { PATH: '/usr/bin:/bin', PYTHONDONTWRITEBYTECODE: '1' },
    });
    await expect(started).rejects.toThrow(
      new RegExp(`${place}, which alarms replaces[\\s\\S]*seams\\.txt[\\s\\S]*--stock`),
    );
  });

  it('refuses an edit whose old words are not there exactly once', async () => {
    const folder = copy('edited');
    const file = join(folder, 'corrections/machine_start.py');
    writeFileSync(file, readFileSync(file, 'utf8').replace('time.sleep(0.15)', 'time.sleep(0.16)'));
    await expect(launch({ folder })).rejects.toThrow(
      /machine_start: .*_run_execution has 0 places that read/,
    );
  });

  it('loads all corrections, none, or those that are named', async () => {
    expect(await loadedBy('none')).toEqual([]);
    expect(await loadedBy('alarms, workers')).toEqual(['alarms', 'workers']);
    await expect(launch({ choice: 'alarm' })).rejects.toThrow(
      /No correction is named alarm\. There are: alarms, /,
    );
  });

  it('starts without any one of them', { timeout: 120_000 }, async () => {
    const every = await loadedBy('all');
    for (const name of every)
      expect(await loadedBy(`all,-${name}`)).toEqual(every.filter((other) => other !== name));
  });
});
