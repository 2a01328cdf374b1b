import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CityFile, readCity } from '../../localstack/cloud/city.ts';
import { type CloudPaths, cloudPaths, ROOT } from '../../localstack/cloud/paths.ts';
import { freePort } from '../../localstack/cloud/ports.ts';
import { testHome } from '../../localstack/cloud/test-homes.ts';
import { openBrowser, visit } from './browser.fixture.ts';

const MINUTE = 60_000;
const MACHINE = 'paytm-saga-payment';

let paths: CloudPaths;
let port: number;
let city: CityFile;
let browser: Browser;
const dabba = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join(ROOT, 'localstack/cli/main.ts'), ...args], {
    env: { ...process.env, DABBA_HOME: paths.home },
  });
const starts = () => dabba('up', '--no-story', '--port', String(port));

beforeAll(async () => {
  paths = cloudPaths(testHome('restart'));
  port = await freePort();
  [browser] = await Promise.all([openBrowser(), starts()]);
  city = readCity(paths);
}, 2 * MINUTE);
afterAll(async () => {
  await browser.close();
  await dabba('down');
  rmSync(paths.home, { recursive: true, force: true });
});

it(
  'says that the city does not answer, keeps what was known, and goes on when the city is back',
  async () => {
    const { page, leave } = await visit(browser, city);
    await page.getByRole('link', { name: MACHINE }).waitFor();

    const { pid } = JSON.parse(readFileSync(paths.run, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    const unreachable = page.getByText('The city does not answer.');
    await unreachable.first().waitFor({ timeout: MINUTE });
    // An error is no emptiness: the machines are still there.
    expect(await page.getByRole('link', { name: MACHINE }).count()).toBe(1);

    await starts();
    expect(readCity(paths).endpoint).toBe(city.endpoint);
    // What was not saved is gone with the process, and the session with it: then the page says how to sign in.
    const signIn = page.getByRole('heading', { name: 'Sign in to the console' });
    await expect
      .poll(async () => (await unreachable.count()) === 0 || (await signIn.count()) === 1, {
        timeout: 2 * MINUTE,
      })
      .toBe(true);
    await leave();
  },
  5 * MINUTE,
);
