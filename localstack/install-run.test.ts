import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from './cloud/process-identity.mjs';

const HERE = import.meta.dirname;
const FILES = [
  'start.mjs',
  'install.mjs',
  'cloud/progress.mjs',
  'cloud/turns.mjs',
  'cloud/process-identity.mjs',
];
const LOCKFILE = JSON.stringify({ packages: { 'node_modules/zod': { integrity: 'sha512-a' } } });

/** Stands for npm: says who it is, waits as it is told, and leaves what npm ci leaves. */
const NPM = `
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
appendFileSync('calls', process.pid + ' ' + process.argv.slice(2).join(' ') + '\\n');
if (existsSync('failing')) {
  for (let line = 1; line <= 40; line += 1) console.error('npm error line ' + line);
  process.exit(1);
}
const finish = () => {
  if (existsSync('waiting')) return setTimeout(finish, 20);
  mkdirSync('node_modules/.bin', { recursive: true });
  writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(LOCKFILE)});
  console.log('added 1 package');
};
finish();
`;

/** The project that is started says so and ends. */
const MAIN = 'console.log("the city runs: " + process.argv.slice(2).join(" "));\n';

describe('npm start where npm packages are missing', () => {
  let root: string;
  const at = (...path: string[]) => join(root, ...path);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'install-'));
    for (const file of FILES) cpSync(join(HERE, file), at('localstack', file));
    mkdirSync(at('localstack/cli'));
    writeFileSync(at('package.json'), '{ "type": "module" }');
    writeFileSync(at('package-lock.json'), LOCKFILE);
    writeFileSync(at('localstack/cli/main.ts'), MAIN);
    writeFileSync(at('npm.cjs'), NPM);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const start = (...args: string[]) => {
    const child: ChildProcess = spawn(process.execPath, [at('localstack/start.mjs'), ...args], {
      // Like a command in a terminal: Ctrl-C goes to the whole group.
      detached: true,
      env: { PATH: process.env.PATH, npm_execpath: at('npm.cjs') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += String(text)));
    const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, output })),
    );
    return { ended, said: () => output, interrupt: () => process.kill(-(child.pid ?? 0), 'SIGINT') };
  };
  const calls = () => (existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8').trim().split('\n') : []);

  it("installs them with npm's output in a log, says how long it took, and goes on", async () => {
    const { code, output } = await start('--port', '4600').ended;
    expect(output).toMatch(/Packages: npm ci.*: done in \d+\.\d s\nthe city runs: up --port 4600\n$/);
    expect(output).not.toContain('added 1 package');
    expect(readFileSync(at('.cloud/logs/npm-ci.log'), 'utf8')).toContain('added 1 package');
    expect(calls()[0]).toMatch(/ ci --ignore-scripts --include=optional --include=dev /);
    expect(code).toBe(0);
    await start().ended;
    expect(calls()).toHaveLength(1);
  });

  it("shows npm's own output with --verbose", async () => {
    expect((await start('--verbose').ended).output).toContain('added 1 package');
  });

  it('prints the last lines of an install that failed, and where all of them are', async () => {
    writeFileSync(at('failing'), '');
    const { code, output } = await start().ended;
    expect(output).toMatch(/npm ci failed \(exit 1\)\n[\s\S]*npm error line 40\n/);
    expect(output).not.toContain('npm error line 20\n');
    expect(output).toContain(at('.cloud/logs/npm-ci.log'));
    expect(output).not.toContain('the city runs');
    expect(code).toBe(1);
  });

  it('installs once when two are started at once', async () => {
    writeFileSync(at('waiting'), '');
    const both = [start(), start()];
    await expect
      .poll(() => both.map(({ said }) => said()).join(''))
      .toMatch(/is installing the packages; waiting/);
    rmSync(at('waiting'));
    for (const { code, output } of await Promise.all(both.map(({ ended }) => ended))) {
      expect(output).toContain('the city runs');
      expect(code).toBe(0);
    }
    expect(calls()).toHaveLength(1);
  });

  it('ends npm at Ctrl-C, says that it stopped, and installs anew the next time', async () => {
    writeFileSync(at('waiting'), '');
    const first = start();
    await expect.poll(calls).toHaveLength(1);
    first.interrupt();
    const { code, output } = await first.ended;
    expect(output).toMatch(/Stopped; nothing is left half done[^\n]*\n$/);
    expect(code).toBe(130);
    expect(identityOf(Number.parseInt(calls()[0] ?? '', 10))).toBeUndefined();
    expect(existsSync(at('.cloud/npm-ci.lock'))).toBe(false);
    rmSync(at('waiting'));
    expect((await start().ended).code).toBe(0);
    expect(calls()).toHaveLength(2);
  });

  it('stops waiting for another at Ctrl-C, which goes on', async () => {
    writeFileSync(at('waiting'), '');
    const first = start();
    await expect.poll(calls).toHaveLength(1);
    const second = start();
    await expect.poll(second.said).toMatch(/waiting/);
    second.interrupt();
    expect(await second.ended).toMatchObject({ code: 130 });
    rmSync(at('waiting'));
    expect((await first.ended).code).toBe(0);
  });
});
