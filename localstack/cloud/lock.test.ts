import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exclusively } from './lock.ts';
import { type CloudPaths, cloudPaths } from './paths.ts';
import { identityOf } from './process-identity.mjs';

describe('the lock of a city', () => {
  let paths: CloudPaths;
  beforeEach(() => {
    paths = cloudPaths(mkdtempSync(join(tmpdir(), 'lock-')));
  });
  afterEach(() => rmSync(paths.home, { recursive: true }));

  it('keeps a second command out while the first works, and says which', async () => {
    const second = await exclusively(paths, 'up', () =>
      exclusively(paths, 'down', async () => 'both').catch(({ message }: Error) => message),
    );
    expect(second).toContain('`dabba up`');
    expect(second).toContain(String(process.pid));
  });

  it('is released when the work fails', async () => {
    const failing = exclusively(paths, 'up', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(paths.lock)).toBe(false);
  });

  it.each([
    ['a process that is no more', { pid: 2 ** 22 + 1, identity: 'x' }],
    ['another process with the number of the first', { pid: process.pid, identity: 'x' }],
  ])('is taken over from %s', async (_, holder) => {
    writeFileSync(paths.lock, JSON.stringify({ ...holder, doing: 'up' }));
    expect(await exclusively(paths, 'up', async () => 'taken')).toBe('taken');
  });

  it('is taken over when it cannot be read', async () => {
    writeFileSync(paths.lock, '{"pid":');
    expect(await exclusively(paths, 'up', async () => 'taken')).toBe('taken');
  });
});

describe('the identity of a process', () => {
  it('is there for one that lives, and always the same', () => {
    expect(identityOf(process.pid)).toBeDefined();
    expect(identityOf(process.pid)).toBe(identityOf(process.pid));
  });

  it('is not there for one that does not', () => {
    expect(identityOf(2 ** 22 + 1)).toBeUndefined();
  });
});
