import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holding, inTurn, takeLock } from './turns.mjs';

const execute = promisify(execFile);

describe('processes that take turns', () => {
  let folder: string;
  let lock: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'turns-'));
    lock = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('never work at once, even over the lock of one that died', async () => {
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, identity: 'x', doing: 'nothing' }));
    // Each makes a folder that must not be there, and takes it away: two at once would meet.
    const program = `
      import { mkdirSync, rmdirSync } from 'node:fs';
      import { setTimeout as pause } from 'node:timers/promises';
      import { inTurn } from ${JSON.stringify(join(import.meta.dirname, 'turns.mjs'))};
      for (let time = 0; time < 3; time += 1) {
        await inTurn({ lock: process.argv[1], doing: 'a test' }, async () => {
          mkdirSync(process.argv[1] + '.work');
          await pause(5);
          rmdirSync(process.argv[1] + '.work');
        });
      }`;
    const args = ['--input-type=module', '--eval', program, lock];
    await Promise.all(Array.from({ length: 6 }, () => execute(process.execPath, args)));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('give their turn back when their work fails', async () => {
    const failing = inTurn({ lock, doing: 'a test' }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('say once whom they wait for', async () => {
    const waitedFor: string[] = [];
    expect(takeLock(lock, 'the first')).toBeUndefined();
    let release = () => {};
    const first = holding(lock, () => new Promise<void>((resolve) => (release = resolve)));
    const second = inTurn(
      { lock, doing: 'the second', onWait: ({ doing }) => waitedFor.push(doing) },
      async () => 'done',
    );
    release();
    await first;
    expect(await second).toBe('done');
    expect(waitedFor).toEqual(['the first']);
  });

  it('stop waiting when they are told to', async () => {
    takeLock(lock, 'the first');
    const controller = new AbortController();
    const waiting = inTurn({ lock, doing: 'the second', signal: controller.signal }, async () => 'done');
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(existsSync(lock)).toBe(true);
  });
});
