import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorStatus, startEmulator, stopEmulator } from '../cloud/emulator.ts';
import { endpointOf, REGION } from '../cloud/environment.ts';
import { type CloudPaths, cloudPaths, ROOT } from '../cloud/paths.ts';
import { freePort } from '../cloud/ports.ts';
import { testHome } from '../cloud/test-homes.ts';

const FIRST_STACK = 'platform';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<Ended>;
}

/** Real starts of the real command, in a city of their own. */
describe('dabba', () => {
  let paths: CloudPaths;
  let port: number;
  beforeAll(async () => {
    paths = cloudPaths(testHome('up'));
    port = await freePort();
  });
  afterAll(async () => {
    await stopEmulator(paths);
    rmSync(paths.home, { recursive: true, force: true });
  });

  const dabba = (...args: string[]): Running => {
    const child = spawn(process.execPath, [join(ROOT, 'localstack/cli/main.ts'), ...args], {
      env: { ...process.env, DABBA_HOME: paths.home, AWS_PROFILE: 'somebody', AWS_ACCESS_KEY_ID: 'AKIAREAL' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, output })));
    return { child, said: () => output, ended };
  };

  const cloudFormation = () =>
    new CloudFormationClient({
      endpoint: endpointOf(port),
      region: REGION,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });

  const up = () => dabba('up', '--no-story', '--port', String(port));

  /** The processes that work for this city, by its folder on their command line. */
  const workers = (): string[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')];
        } catch {
          return [];
        }
      })
      .filter((command) => command.includes(paths.home));

  const expectNothingHalfDone = (): void => {
    expect(emulatorStatus(paths).kind).toBe('stopped');
    expect(existsSync(paths.lock)).toBe(false);
    if (process.platform === 'linux') expect(workers()).toEqual([]);
  };

  it('is not misled by a stale record, whose number another process has now, nor ends that one', async () => {
    const bystander = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    const record = { pid: bystander.pid, port, startedAt: 'yesterday', identity: 'another' };
    writeFileSync(paths.run, JSON.stringify(record));
    const run = up();
    await expect.poll(run.said, { timeout: 90_000, interval: 5 }).toContain('Build:');
    run.child.kill('SIGINT');
    const { code, output } = await run.ended;
    expect(output).toMatch(new RegExp(`last stop was not clean: the emulator \\(process ${bystander.pid}`));
    expect(code).toBe(130);
    expectNothingHalfDone();
    expect(bystander.exitCode).toBeNull();
    bystander.kill();
  });

  it.each(['Emulator: start', 'Synthesis:', 'Deploy:'])(
    'leaves nothing half done at Ctrl-C in the phase "%s"',
    async (phase) => {
      const run = up();
      await expect.poll(run.said, { timeout: 90_000, interval: 5 }).toContain(phase);
      run.child.kill('SIGINT');
      expect(await run.ended).toMatchObject({ code: 130, output: expect.stringContaining('Stopped') });
      expectNothingHalfDone();
    },
  );

  it('deletes a stack that was rolled back, says so, and deploys it', async () => {
    await startEmulator(paths, port);
    const client = cloudFormation();
    const parameter = (type: string) => ({
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/broken', Type: type, Value: 'x' },
    });
    const body = JSON.stringify({ Resources: { Broken: parameter('SecureString') } });
    const { Stacks } = await client.send(new DescribeStacksCommand({}));
    if (Stacks?.some(({ StackName }) => StackName === FIRST_STACK)) await dabba('reset').ended;
    if (emulatorStatus(paths).kind !== 'running') await startEmulator(paths, port);
    await client.send(new CreateStackCommand({ StackName: FIRST_STACK, TemplateBody: body }));
    const status = async () =>
      (await client.send(new DescribeStacksCommand({ StackName: FIRST_STACK }))).Stacks?.[0]?.StackStatus;
    await expect.poll(status).toBe('ROLLBACK_COMPLETE');
    const { code, output } = await up().ended;
    expect(output).toMatch(new RegExp(`${FIRST_STACK} was left in ROLLBACK_COMPLETE`));
    expect(code).toBe(0);
  });

  it('refuses to start it on another port while it runs, and says what to do', async () => {
    const { code, output } = await dabba('up', '--no-story', '--port', String(port + 1)).ended;
    expect(code).toBe(1);
    expect(output).toContain('npm stop');
  });

  it('refuses to take the corrections of the emulator away while it runs', async () => {
    const { code, output } = await dabba('up', '--no-story', '--stock').ended;
    expect(code).toBe(1);
    expect(output).toMatch(/corrections of the emulator: all[\s\S]*npm stop/);
  });

  it('lets one command work at a time, which finds the cloud running and nothing to synthesize or deploy', async () => {
    const manifest = join(paths.assembly, 'manifest.json');
    const { mtimeMs } = statSync(manifest);
    const [one, other] = await Promise.all([up().ended, up().ended]);
    const [worked, refused] = one.code === 0 ? [one, other] : [other, one];
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/`dabba up` .* is at work/);
    expect(worked.code).toBe(0);
    expect(worked.output).toMatch(/runs already/);
    expect(worked.output).toMatch(/\d unchanged/);
    expect(statSync(manifest).mtimeMs).toBe(mtimeMs);
  });

  /** An `up` that has something to do; without, it is done before anybody can interfere. */
  const busyUp = async () => {
    rmSync(join(paths.assembly, 'made-of'));
    const run = up();
    await expect.poll(run.said, { timeout: 90_000, interval: 5 }).toContain('Synthesis:');
    return run;
  };

  it('leaves a cloud that ran before running, at Ctrl-C', async () => {
    const run = await busyUp();
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(emulatorStatus(paths).kind).toBe('running');
  });

  it('says when the emulator died, and that its last changes are gone', async () => {
    const status = emulatorStatus(paths);
    if (status.kind !== 'running') throw new Error('it should run here');
    process.kill(status.run.pid, 'SIGKILL');
    await expect.poll(async () => (await dabba('status').ended).output, { timeout: 30_000 }).toMatch(/died/);
    const { code, output } = await up().ended;
    expect(output).toMatch(/last stop was not clean/);
    expect(code).toBe(0);
  });

  it('says so when the emulator dies while it is deployed to', async () => {
    const run = await busyUp();
    const status = emulatorStatus(paths);
    if (status.kind === 'running') process.kill(status.run.pid, 'SIGKILL');
    expect(await run.ended).toMatchObject({ code: 1, output: expect.stringContaining('died meanwhile') });
  });

  it('refuses data of an older table layout before it deploys anything, and says what to do', async () => {
    const { Resources } = JSON.parse(
      readFileSync(join(paths.assembly, 'sandbox-bank.template.json'), 'utf8'),
    ) as { Resources: { [id: string]: { Type: string } } };
    const [table = ''] = Object.keys(Resources).filter(
      (id) => Resources[id]?.Type === 'AWS::DynamoDB::Table',
    );
    const older = {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      },
    };
    await dabba('reset').ended;
    await startEmulator(paths, port);
    const client = cloudFormation();
    const TemplateBody = JSON.stringify({ Resources: { [table]: older } });
    await client.send(new CreateStackCommand({ StackName: 'sandbox-bank', TemplateBody }));
    const status = async () =>
      (await client.send(new DescribeStacksCommand({ StackName: 'sandbox-bank' }))).Stacks?.[0]?.StackStatus;
    await expect.poll(status).toBe('CREATE_COMPLETE');
    const { code, output } = await up().ended;
    expect(output).toMatch(/older table layout/);
    expect(output).toMatch(/npm run reset/);
    expect(code).toBe(1);
    const { Stacks } = await client.send(new DescribeStacksCommand({}));
    expect(Stacks?.map(({ StackName }) => StackName)).toEqual(['sandbox-bank']);
  });

  it('forgets everything at a reset', async () => {
    expect((await dabba('reset').ended).code).toBe(0);
    expect(existsSync(paths.state)).toBe(false);
    expectNothingHalfDone();
  });
});
