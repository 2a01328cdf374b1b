import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Outcome {
  /** `response` or `error`, of each invocation that was answered. */
  readonly answers: readonly { kind: string; body: Record<string, unknown> }[];
  readonly code: number | null;
  readonly log: string;
}

const HANDLERS = `
exports.hello = async (event, context) => ({ event, id: context.awsRequestId, left: context.getRemainingTimeInMillis() > 0 });
exports.nothing = async () => undefined;
exports.throws = async () => { throw Object.assign(new Error('too little'), { name: 'InsufficientFundsError' }); };
exports.throwsText = async () => { throw 'just text'; };
exports.rejects = async () => { Promise.reject(new Error('lost')); await new Promise(() => setTimeout(() => {}, 5000)); };
exports.uncaught = async () => { setTimeout(() => { throw new Error('late'); }, 1); await new Promise(() => {}); };
exports.large = async ({ size }) => 'x'.repeat(size);
`;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

describe('the runtime of the local Lambdas', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
    // As in an asset: below this project it would be read as an ES module.
    copyFileSync(join(import.meta.dirname, 'bootstrap'), join(root, 'bootstrap'));
    writeFileSync(join(root, 'package.json'), '{"type":"commonjs"}');
    writeFileSync(join(root, 'door.js'), HANDLERS);
    writeFileSync(join(root, 'broken.js'), 'exports.handler = (');
    writeFileSync(join(root, 'needy.js'), `require('not-installed')`);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  /** Plays the Runtime API: hands out the events one after the other, then ends the environment. */
  const run = async (handler: string, events: readonly unknown[] = [{}]): Promise<Outcome> => {
    const answers: { kind: string; body: Record<string, unknown> }[] = [];
    let given = 0;
    const api = createServer((request, response) => {
      const url = request.url ?? '';
      if (!url.endsWith('/next')) {
        void bodyOf(request).then((text) => {
          answers.push({ kind: url.split('/').at(-1) ?? '', body: JSON.parse(text) });
          response.writeHead(202, { 'Content-Length': 0 }).end();
        });
      } else if (given === events.length) response.writeHead(500, { 'Content-Length': 2 }).end('{}');
      else {
        const body = Buffer.from(JSON.stringify(events[given++]));
        response.writeHead(200, {
          'Lambda-Runtime-Aws-Request-Id': `request-${given}`,
          'Lambda-Runtime-Deadline-Ms': Date.now() + 3000,
          'Content-Length': body.length,
        });
        // Head and body apart, as the emulator sends them.
        response.flushHeaders();
        response.end(body);
      }
    });
    await new Promise<void>((ready) => api.listen(0, '127.0.0.1', ready));
    const child = spawn(process.execPath, [join(root, 'bootstrap')], {
      env: {
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(api.address() as AddressInfo).port}`,
        AWS_LAMBDA_FUNCTION_NAME: 'bank-door',
        LAMBDA_TASK_ROOT: root,
        _HANDLER: handler,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let log = '';
    child.stdout.on('data', (text) => {
      log += String(text);
    });
    const code = await new Promise<number | null>((ended) => child.on('close', ended));
    api.closeAllConnections();
    api.close();
    return { answers, code, log };
  };

  it('answers one event after the other in one process', async () => {
    const { answers, code } = await run('door.hello', [{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(code).toBe(0);
    expect(answers.map(({ kind, body }) => [kind, body.event, body.id, body.left])).toEqual([
      ['response', { n: 1 }, 'request-1', true],
      ['response', { n: 2 }, 'request-2', true],
      ['response', { n: 3 }, 'request-3', true],
    ]);
  });

  it('answers null where a handler returns nothing', async () => {
    expect((await run('door.nothing')).answers).toEqual([{ kind: 'response', body: null }]);
  });

  it.each([10, 65_536, 3_000_000])('hands over an answer of %i bytes', async (size) => {
    const { answers } = await run('door.large', [{ size }]);
    expect(String(answers[0]?.body).length).toBe(size);
  });

  it('takes an event of two megabytes', async () => {
    const text = 'x'.repeat(2_000_000);
    const { answers } = await run('door.hello', [{ text }]);
    expect(answers[0]?.body.event).toEqual({ text });
  });

  it('writes a line for each invocation, without which the emulator would wait', async () => {
    expect((await run('door.hello', [{}, {}])).log.match(/START RequestId/g)).toHaveLength(2);
  });

  it.each([
    ['keeps the name of what a handler throws', 'door.throws', 'InsufficientFundsError', 'too little'],
    ['bears a handler that throws no error', 'door.throwsText', 'Error', 'just text'],
    ['names an unhandled rejection as AWS does', 'door.rejects', 'Runtime.UnhandledPromiseRejection', 'lost'],
    ['names an uncaught exception', 'door.uncaught', 'Runtime.UncaughtException', 'late'],
    [
      'names a handler that is missing',
      'door.absent',
      'Runtime.HandlerNotFound',
      'door.absent is undefined or not exported',
    ],
    ['names a file that is missing', 'absent.handler', 'Runtime.ImportModuleError', /Cannot find module/],
    ['names a package that is missing', 'needy.handler', 'Runtime.ImportModuleError', /not-installed/],
    ['names a file that does not parse', 'broken.handler', 'Runtime.UserCodeSyntaxError', /SyntaxError/],
  ])('%s', async (_, handler, errorType, message) => {
    const { answers } = await run(handler);
    expect(answers).toEqual([
      {
        kind: 'error',
        body: expect.objectContaining({
          errorType,
          errorMessage: typeof message === 'string' ? message : expect.stringMatching(message),
        }),
      },
    ]);
  });

  it.each(['door.rejects', 'door.uncaught', 'absent.handler'])(
    'ends after %s, so that AWS would replace it',
    async (handler) => {
      const { code, answers } = await run(handler, [{}, {}]);
      expect(code).toBe(1);
      expect(answers).toHaveLength(1);
    },
  );
});
