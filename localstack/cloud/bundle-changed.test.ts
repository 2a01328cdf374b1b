import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundleLocal } from './bundle.ts';
import { bundleChanged } from './bundle-changed.ts';
import { listLambdas } from './lambdas.ts';

let home: string;
let built: string;

const write = (file: string, text: string): void => {
  const path = join(home, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
/** Without packages, which take a second each time. */
const pack = () =>
  bundleChanged(listLambdas(join(home, 'functions')), built, (lambdas, folder) =>
    bundleLocal(lambdas, folder, 'external'),
  );
const bundleOf = (system: string) => readFileSync(join(built, system, 'system.js'), 'utf8');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bundle-changed-'));
  built = join(home, 'built');
  write('shared/greeting.ts', `export { greeting } from './words.ts';`);
  write('shared/words.ts', `export const greeting = 'namaste'; export const farewell = 'phir milenge';`);
  write(
    'functions/one/doors/greet.ts',
    `import { greeting } from '../../../shared/greeting.ts'; export const handler = () => greeting;`,
  );
  write('functions/two/doors/count.ts', 'export const handler = () => 1;');
});
afterEach(() => rmSync(home, { recursive: true }));

it('packs every system once, and none again while nothing changes', async () => {
  expect(await pack()).toEqual(['one', 'two']);
  expect(bundleOf('one')).toContain('namaste');
  expect(await pack()).toEqual([]);
});

it('packs those again that a changed file is in, and leaves the others as they are', async () => {
  await pack();
  const other = bundleOf('two');
  write('shared/words.ts', `export const greeting = 'vanakkam';`);
  expect(await pack()).toEqual(['one']);
  expect(bundleOf('one')).toContain('vanakkam');
  expect(bundleOf('two')).toBe(other);
});

it('counts a file of which nothing is left in the bundle: another word may come through it', async () => {
  await pack();
  write('shared/greeting.ts', `export { farewell as greeting } from './words.ts';`);
  expect(await pack()).toEqual(['one']);
  expect(bundleOf('one')).toContain('phir milenge');
});

it('packs a system that has one function more, and takes away what there is no more', async () => {
  await pack();
  write('functions/one/doors/part.ts', 'export const handler = () => 2;');
  expect(await pack()).toEqual(['one']);
  expect(existsSync(join(built, 'one/part.js'))).toBe(true);
  rmSync(join(home, 'functions/one/doors/part.ts'));
  rmSync(join(home, 'functions/two'), { recursive: true });
  expect(await pack()).toEqual(['one']);
  expect(existsSync(join(built, 'one/part.js'))).toBe(false);
  expect(existsSync(join(built, 'two'))).toBe(false);
});

it.each(['system.js', 'greet.js'])(
  'packs anew where somebody changed or took %s of an asset',
  async (file) => {
    await pack();
    writeFileSync(join(built, 'one', file), '// of another branch');
    expect(await pack()).toEqual(['one']);
    rmSync(join(built, 'one', file));
    expect(await pack()).toEqual(['one']);
    expect(await pack()).toEqual([]);
  },
);

it('puts nothing in place where a file cannot be read, and packs it when it can', async () => {
  await pack();
  write('shared/words.ts', 'export const greeting = ;');
  await expect(pack()).rejects.toThrow(/words\.ts/);
  expect(bundleOf('one')).toContain('namaste');
  write('shared/words.ts', `export const greeting = 'sat sri akal';`);
  expect(await pack()).toEqual(['one']);
  expect(bundleOf('one')).toContain('sat sri akal');
});
