import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NotFoundError } from '../errors/index.ts';
import { inScope, inSpan, startTracing } from '../tracing/index.ts';
import { logger } from './index.ts';

describe('a line of the log', () => {
  let written: string[];
  const lines = () => written.map((line) => JSON.parse(line));

  beforeEach(() => {
    written = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    vi.stubEnv('SYSTEM', 'paytm-saga');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it('is one line of JSON with the fact, where it comes from and the trace it belongs to', async () => {
    startTracing();
    const scope = { correlationId: 'c-1', function: 'paytm-saga-hold', remainingMs: () => 1 };
    await inScope(scope, () =>
      inSpan('hold', {}, async () => logger().info('payment held', { paymentId: 'payment_1', paise: 10n })),
    );
    expect(written[0]).toMatch(/^\{.*\}\n$/);
    const [line, span] = lines();
    expect(line).toEqual({
      level: 'INFO',
      message: 'payment held',
      timestamp: expect.stringMatching(/Z$/),
      system: 'paytm-saga',
      function: 'paytm-saga-hold',
      correlationId: 'c-1',
      traceId: span._span.traceId,
      spanId: span._span.spanId,
      paymentId: 'payment_1',
      paise: '10',
    });
  });

  it('cannot be given another level or message by a field', () => {
    logger().warn('queue is long', { message: 'all is well', level: 'INFO', timestamp: 'never' });
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatchObject({ level: 'WARN', message: 'queue is long' });
  });

  it('shows errors with facts, stack and causes', () => {
    const error = new NotFoundError({ what: 'payment', id: '1' }, { cause: new Error('no item') });
    logger().error('step failed', { error });
    expect(lines()[0]).toMatchObject({
      level: 'ERROR',
      error: {
        name: 'NotFoundError',
        message: 'NotFoundError: what=payment id=1',
        facts: { what: 'payment', id: '1' },
        stack: expect.stringContaining('logging.test.ts'),
        cause: { name: 'Error', message: 'no item' },
      },
    });
  });

  it('is not written below the level of the log', () => {
    logger().debug('looked at the cache');
    expect(written).toEqual([]);
  });

  it('masks fields that are personal or secret, at any depth', () => {
    logger().info('user registered', {
      userId: 'user_1',
      name: 'Asha Rao',
      phone: '+919876543210',
      bank: { cardNumber: '4111', vpa: 'asha@upi', taskToken: 'x', functionName: 'f' },
      list: [{ Address: 'Dadar' }],
    });
    expect(lines()[0]).toMatchObject({
      userId: 'user_1',
      name: '***',
      phone: '***',
      bank: { cardNumber: '***', vpa: '***', taskToken: '***', functionName: 'f' },
      list: [{ Address: '***' }],
    });
  });
});
