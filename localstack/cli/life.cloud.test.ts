import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { AccountId, OperationKey } from '../../functions/sandbox-bank/contract.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { type CityFile, readCity } from '../cloud/city.ts';
import { emulatorStatus, startEmulator, stopEmulator } from '../cloud/emulator.ts';
import { endpointOf } from '../cloud/environment.ts';
import { type CloudPaths, cloudPaths, ROOT, SHARED_PATHS } from '../cloud/paths.ts';
import { freePort } from '../cloud/ports.ts';
import { projectFiles } from '../cloud/project-files.ts';
import { testHome } from '../cloud/test-homes.ts';
import { type castOf, ended, type Person, pay } from '../story/cast.ts';
import { openStage } from '../story/stage.ts';
import { openLife, startsMany } from './life.fixture.ts';

const execute = promisify(execFile);

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A life of one city, in a copy of the project, so that its code can change. */
describe('a city', () => {
  let copy: string;
  let paths: CloudPaths;
  beforeAll(() => {
    copy = testHome('life');
    for (const file of projectFiles()) cpSync(join(ROOT, file), join(copy, file));
    mkdirSync(join(copy, '.cloud'));
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    symlinkSync(SHARED_PATHS.venv, join(copy, '.cloud/venv'));
    paths = cloudPaths(join(copy, '.cloud'));
  });
  afterAll(async () => {
    await stopEmulator(paths);
    rmSync(copy, { recursive: true, force: true });
  });

  const dabba = (...args: string[]) => {
    const { PATH, HOME } = process.env;
    const child: ChildProcess = spawn(process.execPath, [join(copy, 'localstack/cli/main.ts'), ...args], {
      cwd: copy,
      env: { PATH, HOME },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += String(text)));
    const over = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, output })));
    return { child, said: () => output, ended: over };
  };
  const change = (file: string, from: string, to: string): void => {
    const text = readFileSync(join(copy, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(copy, file), text.replace(from, to));
  };

  const stacks = () => Object.keys(readCity(paths).systems).length;
  const keys = (city: CityFile) => fetch(`${city.systems.identity?.url}/.well-known/jwks.json`);

  let payer: Person;
  let order: { reference: string; merchant: Awaited<ReturnType<ReturnType<typeof castOf>['merchant']>> };
  let paid: Awaited<ReturnType<typeof ended>>;
  let underWay: Awaited<ReturnType<typeof startsMany>>;

  it('can be deployed a system at a time: a missing peer is a named error, and a retry helps once it is there', async () => {
    await startEmulator(paths, await freePort());
    const { code, output } = await dabba('deploy', 'identity', 'paytm-saga').ended;
    expect(output).toMatch(/paytm-saga deployed in \d+\.\d s/);
    expect(code).toBe(0);
    expect(Object.keys(readCity(paths).systems).sort()).toEqual(['identity', 'paytm-saga', 'platform']);
    const stage = openStage(readCity(paths));
    const operator = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
    const { body: user } = await operator.createUser({
      idempotencyKey: 'alone',
      body: {
        ...{ reference: 'alone', name: 'Asha', phone: '+919812345678', kyc: 'full', blocked: false },
        bankAccount: AccountId.parse(`account_${uuid()}`),
      },
    });
    const ask = async () => {
      const who = stage.subject(user.id, 'customer');
      const answer = await fetch(`${readCity(paths).systems['paytm-saga']?.url}/wallets/${user.id}/top-ups`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await who('paytm-saga')}`,
          'content-type': 'application/json',
          'idempotency-key': 'once',
        },
        body: JSON.stringify({ amount: 10_000 }),
      });
      return { status: answer.status, problem: (await answer.json()) as { name?: string; peer?: string } };
    };
    expect(await ask()).toMatchObject({
      status: 503,
      problem: { name: 'PeerMissingError', peer: 'sandbox-bank' },
    });
    expect((await dabba('up', '--no-story').ended).output).toMatch(/3 unchanged[\s\S]*sandbox-bank deployed/);
    // The bank is asked now; it knows no such account.
    expect((await ask()).problem.name).not.toBe('PeerMissingError');
  });

  it('takes a payment', async () => {
    const { cast } = openLife(readCity(paths));
    payer = await cast.person('payer', { wallet: 500 });
    order = { reference: 'before-the-stop', merchant: await cast.merchant('stall') };
    paid = await ended(payer, (await pay(payer, { ...order, amount: 100, method: 'paytm_wallet' })).id);
    expect(paid.status).toBe('completed');
  });

  it('is updated by a second start, which says that it runs already: new code over kept data', async () => {
    expect((await keys(readCity(paths))).headers.get('x-made')).toBeNull();
    change(
      'functions/identity/doors/jwks.ts',
      'body: { keys: [publicJwk] } }',
      `body: { keys: [publicJwk] }, headers: { 'X-Made': 'anew' } }`,
    );
    change('stacks/app.ts', 'const { manifest } = city(app);', EXTRA_STACK);
    const others = stacks() - 1;
    const { code, output } = await dabba('up', '--no-story').ended;
    expect(output).toMatch(/runs already/);
    expect(output).toContain(`${others} unchanged`);
    expect(output).toMatch(/identity deployed in/);
    expect(code).toBe(0);
    expect((await keys(readCity(paths))).headers.get('x-made')).toBe('anew');
    const { body } = await payer.doors.getPayment({ path: { paymentId: paid.id } });
    expect(body).toEqual(paid);
  });

  it('takes a change by cdklocal, in a shell that dabba env set up, and a start finds nothing left to do', async () => {
    change('functions/identity/doors/jwks.ts', `'X-Made': 'anew'`, `'X-Made': 'by hand'`);
    const env = `eval "$('${process.execPath}' localstack/cli/main.ts env)"`;
    const { PATH, HOME } = process.env;
    const { stdout } = await execute(
      'bash',
      ['-c', `set -euo pipefail; ${env}; cdklocal deploy identity --require-approval never 2>&1`],
      { cwd: copy, env: { PATH: `${SHARED_PATHS.bin}:${PATH}`, HOME, AWS_PROFILE: 'somebody' } },
    );
    expect(stdout).toMatch(/✅ {2}identity\n/);
    expect((await keys(readCity(paths))).headers.get('x-made')).toBe('by hand');
  }, 300_000);

  it('has its payments after a stop, on another port, and takes more', async () => {
    underWay = await startsMany(readCity(paths), order);
    expect((await dabba('down').ended).code).toBe(0);
    const port = await freePort();
    const somebody = createServer();
    await new Promise<void>((ready) => somebody.listen(port, '127.0.0.1', ready));
    const refused = await dabba('up', '--port', String(port)).ended;
    expect(refused.output).toMatch(new RegExp(`Port ${port} is taken by process ${process.pid}`));
    expect(refused.output).toContain(`npm start -- --port ${port + 1}`);
    expect(refused.code).toBe(1);
    expect(emulatorStatus(paths).kind).toBe('stopped');
    await new Promise((closed) => somebody.close(closed));
    const { code, output } = await dabba('up', '--no-story', '--port', String(port)).ended;
    expect(output).toContain(`${stacks()} unchanged`);
    expect(code).toBe(0);
    const city = readCity(paths);
    expect(city.endpoint).toBe(endpointOf(port));
    const { again } = openLife(city);
    const same = again(payer);
    expect((await same.doors.getPayment({ path: { paymentId: paid.id } })).body).toEqual(paid);
    const next = await pay(same, { ...order, reference: 'after-it', amount: 50, method: 'paytm_wallet' });
    expect((await ended(same, next.id)).status).toBe('completed');
    const { body } = await same.doors.getWallet({ path: { userId: payer.id } });
    expect(body.balance).toBe(35_000);
  });

  it('carries on with what was under way when it stopped: the sweeper starts the next executions', async () => {
    const city = readCity(paths);
    const { bank, again, sweeps, isRunning } = openLife(city);
    // The engine ends what runs, and cannot go on with it.
    for (const { id } of underWay) expect(await isRunning(id, 1)).toBe(false);
    const asha = again(underWay[0]?.payer ?? payer);
    await bank.changeAccount({ path: { id: asha.account }, body: { outage: false } });
    const [asked] = underWay;
    if (!asked) throw new Error('nothing was under way');
    await bank.answerRequest({ path: { key: OperationKey.parse(asked.id) }, body: { decision: 'approve' } });
    const endings = await waitFor(
      async (seen) => {
        // Its schedule comes each minute, and is not waited for.
        await sweeps();
        const found = await Promise.all(
          underWay.map(async ({ id }) => (await asha.doors.getPayment({ path: { paymentId: id } })).body),
        );
        seen(found.map(({ reference, status }) => `${reference} ${status}`));
        return found.every(({ status }) => status !== 'in_progress') && found;
      },
      { what: 'what was under way to end', timeoutMs: 150_000, everyMs: 2_000 },
    );
    // Whoever met the outage may have turned back before the stop; nobody else had a reason to.
    const unless = (reference: string) =>
      expect.stringMatching(reference === 'bank-is-out' ? /^(completed|refused)$/ : /^completed$/);
    expect(endings.map(({ status }) => status)).toEqual(endings.map(({ reference }) => unless(reference)));
    const second = await Promise.all(underWay.map(({ id }) => isRunning(id, 2)));
    expect(second.filter((known) => known !== undefined).length).toBeGreaterThan(0);
  }, 180_000);

  it('has books that a person can ask for, which end with 1 when they do not hold', async () => {
    const ask = async () => {
      const { code, output } = await dabba('books', '--json', '--wait', '1').ended;
      return { code, holds: (JSON.parse(output) as { holds: boolean }[]).map(({ holds }) => holds) };
    };
    expect(await ask()).toEqual({ code: 0, holds: [true, true, true, true, true, true] });
    const { endpoint, region, systems } = readCity(paths);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
    await client.send(
      new UpdateCommand({
        TableName: systems['paytm-saga']?.outputs.PaymentsName,
        Key: { pk: `WALLET#${payer.id}`, sk: 'WALLET' },
        UpdateExpression: 'ADD balance :paisa',
        ConditionExpression: 'attribute_exists(balance)',
        ExpressionAttributeValues: { ':paisa': 1 },
      }),
    );
    expect(await ask()).toEqual({ code: 1, holds: [true, false, true, true, true, true] });
  });

  it('names what the code no longer has, and deletes it when that is asked for', async () => {
    change('stacks/app.ts', EXTRA_STACK, 'const { manifest } = city(app);');
    expect((await dabba('deploy').ended).output).toMatch(/No longer in the code.*: extra\./);
    const { code, output } = await dabba('deploy', '--prune').ended;
    expect(output).toMatch(/Delete: extra: done/);
    expect(code).toBe(0);
    expect((await dabba('status').ended).output).not.toContain('extra');
  });

  it('ends at Ctrl-C in the story as it was before, stopped here, and starts again', async () => {
    expect((await dabba('down').ended).code).toBe(0);
    const run = dabba('up', '--port', String(await freePort()));
    await expect.poll(run.said, { timeout: 60_000, interval: 5 }).toContain('Story …');
    run.child.kill('SIGINT');
    const { code, output } = await run.ended;
    expect(output).toMatch(/Stopped; nothing is left half done\.\n$/);
    expect(code).toBe(130);
    expect(emulatorStatus(paths).kind).toBe('stopped');
    expect(await dabba('up', '--no-story', '--port', String(await freePort())).ended).toMatchObject({
      code: 0,
    });
  });
});

const EXTRA_STACK = `const { manifest } = city(app);
import { CliCredentialsStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
const extra = new Stack(app, 'extra', { synthesizer: new CliCredentialsStackSynthesizer() });
new StringParameter(extra, 'Extra', { parameterName: '/extra', stringValue: 'x' });`;
