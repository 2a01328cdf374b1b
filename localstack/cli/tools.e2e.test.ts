import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, SHARED_PATHS } from '../cloud/paths.ts';
import { openCity } from '../e2e/city.ts';
import { ended, pay } from '../story/cast.ts';

const execute = promisify(execFile);
/** The first of them installs awslocal, and the others wait for it. */
const PATIENCE_MS = 300_000;

/** The commands that users know, each test in a shell as the README sets one up, against the city under test. */
describe.concurrent('after eval "$(npx --no dabba env)"', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dabba-tools-'));
    const { cast } = openCity();
    const [payer, merchant] = await Promise.all([cast.person('user'), cast.merchant('stall')]);
    const { id } = await pay(payer, { reference: 'seen-by-tools', merchant, amount: 10 });
    await ended(payer, id);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const shell = async (command: string): Promise<string> => {
    // As a user's shell: none of the variables that the tests themselves were given, and a profile in the way.
    const { PATH, HOME, DABBA_HOME } = process.env;
    const { stdout } = await execute(
      'bash',
      ['-c', `set -euo pipefail; eval "$("${process.execPath}" localstack/cli/main.ts env)"; ${command}`],
      {
        cwd: ROOT,
        env: {
          ...{ PATH: `${SHARED_PATHS.bin}:${PATH}`, HOME, DABBA_HOME, AWS_PROFILE: 'somebody' },
          // Most of a synthesis, and validation.stack.test.ts has it.
          CDK_VALIDATION: 'false',
        },
      },
    );
    return stdout;
  };

  it(
    'cdklocal deploys a stack, and finds what npm start deployed unchanged',
    async () => {
      const said = await shell('cdklocal deploy paytm-saga --require-approval never 2>&1');
      expect(said).toMatch(/paytm-saga \(no changes\)/);
    },
    PATIENCE_MS,
  );

  it(
    'awslocal invokes a Lambda',
    async () => {
      const file = join(folder, 'out.json');
      await shell(`awslocal lambda invoke --function-name identity-jwks --payload '{}' ${file}`);
      const { statusCode, body } = JSON.parse(readFileSync(file, 'utf8')) as {
        statusCode: number;
        body: string;
      };
      expect(statusCode).toBe(200);
      expect(JSON.parse(body)).toMatchObject({ keys: [{ kty: 'EC', alg: 'ES256' }] });
    },
    PATIENCE_MS,
  );

  it(
    'curl pays by hand, as the page of the payment saga says',
    async () => {
      const page = readFileSync(join(ROOT, 'functions/paytm-saga/README.md'), 'utf8');
      const commands = /```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
      const said = await shell(commands.replace('eval "$(npx --no dabba env)"', ''));
      expect(said).toContain('"status":"completed"');
      expect(said).toMatch(/SettleMerchant/);
      const [first, second] = said.match(/^payment_\S+$/gm) ?? [];
      expect(first).toBeDefined();
      expect(second).toBe(first);
      expect(said).toMatch(/"amount":40000,"status":"completed"/);
      expect(said).toContain('"balance":40000');
      expect(said).toContain('"settlement":"frozen"');
      expect(said).toMatch(/"items":\[\{"account":/);
    },
    PATIENCE_MS,
  );

  it(
    'the README’s other commands do what it says',
    async () => {
      const page = readFileSync(join(ROOT, 'README.md'), 'utf8');
      const commands = /^eval [\s\S]*?(?=```)/m.exec(page)?.[0] ?? '';
      // The shell has begun with `eval`; `cdklocal deploy` has a test of its own above.
      const said = await shell(commands.replaceAll(/^(eval|npx cdklocal) .*$/gm, ''));
      expect(said).toContain('सब कुछ ठीक है');
      expect(said).toContain('/restapis/paytm-saga/');
      expect(said).toContain('"StatusCode": 200');
      expect(said).toContain('"ExecutionStarted"');
      expect(said).toMatch(/spans in \d systems/);
    },
    PATIENCE_MS,
  );

  it(
    'awslocal lists executions and shows the history of one',
    async () => {
      const machines = JSON.parse(await shell('awslocal stepfunctions list-state-machines')) as {
        stateMachines: { name: string; stateMachineArn: string }[];
      };
      const machine = machines.stateMachines.find(({ name }) => name === 'paytm-saga-payment');
      const { executions } = JSON.parse(
        await shell(`awslocal stepfunctions list-executions --state-machine-arn ${machine?.stateMachineArn}`),
      ) as { executions: { executionArn: string }[] };
      expect(executions.length).toBeGreaterThan(0);
      const { events } = JSON.parse(
        await shell(
          `awslocal stepfunctions get-execution-history --execution-arn ${executions[0]?.executionArn}`,
        ),
      ) as { events: { type: string }[] };
      expect(events[0]?.type).toBe('ExecutionStarted');
    },
    PATIENCE_MS,
  );
});
