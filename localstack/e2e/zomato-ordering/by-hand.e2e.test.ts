import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, SHARED_PATHS } from '../../cloud/paths.ts';
import { publishSeed } from '../../story/kitchens.ts';
import { openCity } from '../city.ts';

const { stage } = openCity();
beforeAll(() => publishSeed(stage));

it('the commands of the page order a supper, and bring it', { timeout: 300_000 }, async () => {
  const page = readFileSync(join(ROOT, 'functions/zomato-ordering/README.md'), 'utf8');
  const commands = (/```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '').replace(/^eval .*$/m, '');
  const cli = join(ROOT, 'localstack/cli/main.ts');
  const { PATH, HOME, DABBA_HOME } = process.env;
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-c', `set -euo pipefail; eval "$("${process.execPath}" "${cli}" env)"; ${commands}`],
    { cwd: tmpdir(), env: { PATH: `${SHARED_PATHS.bin}:${PATH}`, HOME, DABBA_HOME } },
  );
  expect(stdout).toContain('"name":"Leopold Cafe"');
  expect(stdout).toMatch(/^RateLimit-Policy: "get-menu";q=30;w=60$/im);
  expect(stdout).toMatch(/^304$/m);
  expect(stdout).toMatch(/"status":401,"detail":"[^"]*ई-मेल और इस पासवर्ड/);
  const [first, second] = stdout.match(/order_[\w-]{36}$/gm) ?? [];
  expect([first?.length, second]).toEqual([42, first]);
  expect(stdout).toContain('"name":"PreconditionFailedError"');
  expect(stdout).toMatch(/"state":"DELIVERED".*"total":42436/);
});
