import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../cloud/paths.ts';

const execute = promisify(execFile);
const dabba = (...args: string[]) =>
  execute(process.execPath, [join(ROOT, 'localstack/cli/main.ts'), ...args], {
    env: { ...process.env, DABBA_HOME: '/nonexistent/city' },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (thrown: { code: number; stdout: string; stderr: string }) => thrown,
  );

const COMMANDS = [
  'up',
  'down',
  'reset',
  'status',
  'urls',
  'env',
  'doctor',
  'story',
  'books',
  'deploy',
  'trace',
];

// A process each; a busy machine may take its time.
describe('the dabba command', { timeout: 30_000 }, () => {
  it('lists every command', async () => {
    const { stdout, code } = await dabba('--help');
    expect(code).toBe(0);
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  it.each(COMMANDS)('explains %s, which can answer in JSON', async (name) => {
    const { stdout, code } = await dabba(name, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--json');
  });

  it('says what is wrong with a port', async () => {
    const { stderr, code } = await dabba('up', '--port', 'many');
    expect(code).toBe(1);
    expect(stderr).toContain('a port is a number');
  });

  it.each(['urls', 'env', 'story', 'books', 'deploy'])(
    'says of %s that the cloud does not run, and what to do',
    async (name) => {
      const { stderr, code } = await dabba(name);
      expect(code).toBe(1);
      expect(stderr).toMatch(/not running[\s\S]*npm start/);
    },
  );

  it('answers the status of a stopped cloud as JSON', async () => {
    const { stdout } = await dabba('status', '--json');
    expect(JSON.parse(stdout)).toEqual({ kind: 'stopped' });
  });
});
