import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, SHARED_PATHS } from '../../cloud/paths.ts';
import { publishTrains } from '../../story/trains.ts';
import { openCity } from '../city.ts';

const { stage } = openCity();
beforeAll(() => publishTrains(stage));

it('the commands of the page book two berths, and give one back', { timeout: 300_000 }, async () => {
  const page = readFileSync(join(ROOT, 'functions/irctc-booking/README.md'), 'utf8');
  const commands = /```sh\neval .*\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const cli = join(ROOT, 'localstack/cli/main.ts');
  const { PATH, HOME, DABBA_HOME } = process.env;
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-c', `set -euo pipefail; eval "$("${process.execPath}" "${cli}" env)"; ${commands}`],
    { cwd: tmpdir(), env: { PATH: `${SHARED_PATHS.bin}:${PATH}`, HOME, DABBA_HOME } },
  );
  expect(stdout).toMatch(/"train":"12621".*"text":"(AVAILABLE|RAC|GNWL) \d+"/);
  expect(stdout).toMatch(/"state":"(CONFIRMED|RAC|WAITLISTED)"/);
  expect(stdout).toMatch(/"pnr":"\d{10}"/);
  expect(stdout).toContain('"charted":false');
  expect(stdout).toMatch(/"status":404,"detail":"[^"]*[ऀ-ॿ]/);
  expect(stdout).toMatch(/"passengers":\[1\],"refund":\d+,"kept":\d+/);
  expect(stdout).toContain('"kind":"cancelled"');
  expect(stdout).toMatch(/"train":"12621".*"chartAt":/);
});
