import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorStatus, startEmulator, stopEmulator } from '../cloud/emulator.ts';
import { endpointOf, REGION } from '../cloud/environment.ts';
import { type CloudPaths, cloudPaths, SHARED_PATHS } from '../cloud/paths.ts';
import { freePort, isListening } from '../cloud/ports.ts';
import { identityOf } from '../cloud/process-identity.mjs';
import { testHome } from '../cloud/test-homes.ts';
import { ensureVenv } from '../cloud/venv.ts';

/** Below .cloud, since functions run from there and a temporary folder may be mounted noexec. */
const newCity = (): CloudPaths => cloudPaths(testHome('emulator'));

const forget = async (paths: CloudPaths): Promise<void> => {
  await stopEmulator(paths);
  rmSync(paths.home, { recursive: true, force: true });
};

beforeAll(
  () =>
    ensureVenv({
      folder: SHARED_PATHS.venv,
      requirements: SHARED_PATHS.requirements,
      log: `${SHARED_PATHS.venv}-install`,
    }),
  120_000,
);

describe('the gate of the emulator', () => {
  let paths: CloudPaths;
  let port: number;
  beforeAll(async () => {
    paths = newCity();
    port = await freePort();
    await startEmulator(paths, port);
  });
  afterAll(() => forget(paths));

  const status = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it.each(['127.0.0.1', 'localhost', '[::1]', 'bucket.localhost', 's3.ap-south-1.localhost'])(
    'lets the host %s pass',
    async (host) => {
      expect(await status('/', { host: `${host}:${port}` })).not.toBe(403);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:80@localhost',
    's3.amazonaws.com',
    '192.168.1.7',
  ])('refuses the host "%s"', async (host) => {
    expect(await status('/', { host })).toBe(403);
  });

  it('lets its own pages call', async () => {
    const own = { origin: endpointOf(port), 'sec-fetch-site': 'same-origin' };
    expect(await status('/', own)).not.toBe(403);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:3000', 'https://127.0.0.1'])(
    'refuses pages of the origin %s',
    async (origin) => {
      expect(await status('/', { origin })).toBe(403);
      const preflight = { origin, 'access-control-request-method': 'POST' };
      expect(await status('/', preflight, 'OPTIONS')).toBe(403);
    },
  );

  it.each(['cross-site', 'same-site'])('refuses %s requests, which may carry no origin', async (site) => {
    expect(await status('/', { 'sec-fetch-site': site })).toBe(403);
  });

  it.each([
    '/_ministack/reset',
    '//_ministack/reset',
    '/_MINISTACK/reset',
    '/_ministack/config',
    '/_localstack/init',
    '/_ministack',
  ])('keeps %s closed', async (path) => {
    expect(await status(path, {}, 'POST')).toBe(403);
  });

  it.each(['/_ministack/health', '/_localstack/health'])('leaves %s open', async (path) => {
    expect(await status(path)).toBe(200);
  });

  it('refuses sockets in the same way', async () => {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'x3JJHMbDL1EzLkh9GBhXDw==',
      origin: 'http://evil.example',
    };
    expect(await status('/_aws/execute-api/any/live', upgrade)).toBe(403);
  });

  it('answers on no other interface', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      const open = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port, timeout: 1_000 });
        socket.on('connect', () => resolve(true));
        socket.on('error', () => resolve(false));
        socket.on('timeout', () => resolve(false));
      });
      expect(`${address} ${open ? 'answers' : 'is silent'}`).toBe(`${address} is silent`);
    }
  });
});

describe('the process of the emulator', () => {
  let paths: CloudPaths;
  beforeAll(() => {
    paths = newCity();
  });
  afterAll(() => forget(paths));

  it('is refused a port that somebody has, with who it is and another port to take', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
    try {
      await expect(startEmulator(paths, port)).rejects.toMatchObject({
        message: expect.stringMatching(new RegExp(`Port ${port} is taken by process ${process.pid}`)),
        remedies: [expect.anything(), expect.stringContaining(`--port ${port + 1}`)],
      });
      expect(emulatorStatus(paths).kind).toBe('stopped');
    } finally {
      server.close();
    }
  });

  it('keeps its data over a stop, on another port too', async () => {
    const parameter = { Name: '/kept', Value: 'yes', Type: 'String' } as const;
    const at = (port: number) =>
      new SSMClient({
        endpoint: endpointOf(port),
        region: REGION,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      });
    const first = await startEmulator(paths, await freePort());
    await at(first.port).send(new PutParameterCommand(parameter));
    expect(await stopEmulator(paths)).toBe('running');
    expect(await isListening(first.port)).toBe(false);
    const second = await startEmulator(paths, await freePort());
    const { Parameter } = await at(second.port).send(new GetParameterCommand({ Name: '/kept' }));
    expect(Parameter?.Value).toBe('yes');
    await stopEmulator(paths);
  });

  it('starts as it is published where no corrections are wanted, and the record says so', async () => {
    const run = await startEmulator(paths, await freePort(), { corrections: 'none' });
    expect(emulatorStatus(paths)).toMatchObject({ run: { pid: run.pid, corrections: 'none' } });
    await stopEmulator(paths);
    const unknown = startEmulator(paths, await freePort(), { corrections: 'gravity' });
    await expect(unknown).rejects.toMatchObject({
      remedies: expect.arrayContaining([expect.stringContaining('No correction is named gravity')]),
    });
  });

  it('leaves no process and no temporary file behind when it stops', async () => {
    const { pid } = await startEmulator(paths, await freePort());
    await stopEmulator(paths);
    expect(identityOf(pid)).toBeUndefined();
    expect(existsSync(paths.tmp)).toBe(false);
    expect(existsSync(paths.run)).toBe(false);
  });

  it('is known to have died when it was killed, and starts again', async () => {
    const { pid } = await startEmulator(paths, await freePort());
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => emulatorStatus(paths).kind).toBe('died');
    const again = await startEmulator(paths, await freePort());
    expect(emulatorStatus(paths)).toEqual({ kind: 'running', run: again });
    await stopEmulator(paths);
  });

  it('is not confused by a stale record whose number another process has now', async () => {
    const stale = { pid: process.pid, port: 4566, startedAt: new Date().toISOString(), identity: 'another' };
    writeFileSync(paths.run, JSON.stringify(stale));
    expect(emulatorStatus(paths).kind).toBe('died');
    await startEmulator(paths, await freePort());
    await stopEmulator(paths);
    expect(identityOf(process.pid)).toBeDefined();
  });

  it('leaves nothing behind when its start is interrupted', async () => {
    const port = await freePort();
    const interrupted = new AbortController();
    const start = startEmulator(paths, port, { signal: interrupted.signal });
    interrupted.abort(new Error('enough'));
    await expect(start).rejects.toThrow('enough');
    expect(existsSync(paths.run)).toBe(false);
    await expect.poll(() => isListening(port)).toBe(false);
    expect(readdirSync(paths.home)).not.toContain('run.json');
  });
});
