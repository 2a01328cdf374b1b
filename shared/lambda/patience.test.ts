/**
 * How long a task of a machine bears a peer that is away: client, breaker and handler together, as a worker has them.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type Breaker, breaker, type Client, client, defineRoute } from '../http/index.ts';
import { peerAnswering } from '../http/peer.fixture.ts';
import { type LambdaContext, taskHandler } from './index.ts';
import { TRACEPARENT } from './lambda.fixture.ts';

const hold = defineRoute({
  name: 'hold',
  method: 'PUT',
  path: '/hold',
  summary: 'Holds money.',
  access: { public: 'It is a test.' },
  request: {},
  answers: { 204: null },
  errors: [],
});
const event = {
  context: { executionId: 'p.1', state: 'Hold', retryCount: 0, enteredAt: '', correlationId: 'c' },
  input: { traceparent: TRACEPARENT },
};
/** What a machine gives a step before the pivot: one try and three more. The worst of full jitter is no pause at all. */
const TRIES = 4;

describe('a step whose peer is away for good', () => {
  /** When the bank was asked, ms since the start. */
  let asked: number[];

  const bank = peerAnswering((_, response) => {
    asked.push(Date.now());
    response.writeHead(503, { 'retry-after': '1' }).end();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    asked = [];
  });

  /** Time passes only where somebody waits. */
  const pause = async (ms: number) => void vi.setSystemTime(Date.now() + ms);
  const played = async (worker: (attempt: number) => Breaker): Promise<number> => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const options = { baseUrl: bank.url(), peer: 'bank', pause, chance: () => 0, breaker: worker(attempt) };
      const handler = taskHandler({
        accepts: z.object({ traceparent: z.string() }),
        ports: () => client(options, { hold }),
        handle: (doors: Client<{ hold: typeof hold }>) => () => doors.hold(),
        pause,
      });
      const endsAt = Date.now() + 10_000;
      const lambda: LambdaContext = {
        functionName: 'f',
        awsRequestId: 'r',
        getRemainingTimeInMillis: () => endsAt - Date.now(),
      };
      await expect(handler(event, lambda)).rejects.toMatchObject({ name: 'TransientError' });
    }
    return (asked.at(-1) ?? 0) / 1000;
  };
  const opened = (): Breaker => {
    const circuit = breaker();
    for (let n = 0; n < 5; n += 1) {
      const permit = circuit.begin();
      if (permit.mayCall) permit.ended('failed');
    }
    return circuit;
  };

  it('asks for eleven seconds, where each try meets another worker', async () => {
    expect(await played(() => breaker())).toBe(11);
    expect(asked).toHaveLength(12);
  });

  it('asks for fourteen seconds, but seven times instead of twelve, where one worker has all tries', async () => {
    const circuit = breaker();
    expect(await played(() => circuit)).toBe(14);
    expect(asked).toHaveLength(7);
  });

  it.each([0, 1_500, 4_900, 5_000])(
    'asks for at least eight seconds, where others opened the circuit %i ms before',
    async (beforeMs) => {
      const circuit = opened();
      await pause(beforeMs);
      const from = Date.now() / 1000;
      expect((await played(() => circuit)) - from).toBeGreaterThanOrEqual(8);
      expect(asked.length).toBeLessThanOrEqual(4);
    },
  );
});
