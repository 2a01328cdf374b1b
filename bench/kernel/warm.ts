/**
 * Calls a bare handler and a door of the house in turn, with the same event and the same work, and tells the parent
 * how many milliseconds each call took; `node warm.cjs 5000 2000`. The log goes where a Lambda's goes, to stdout, and counts.
 */
import { restHandler } from '../../shared/lambda/index.ts';
import { route } from './door.ts';
import { event } from './event.ts';

/** How many rounds count, and how many before that do not. */
const [count = 0, warmUp = 0] = process.argv.slice(2).map(Number);

type Event = ReturnType<typeof event>;

const bare = async ({ body, pathParameters }: Event) => {
  const { amount } = JSON.parse(body) as { amount: number };
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ wallet: pathParameters.wallet, balance: amount }),
  };
};

const house = restHandler({
  route,
  handle:
    () =>
    async ({ path: { wallet }, body: { amount } }) =>
      ({ status: 200, body: { wallet, balance: amount } }) as const,
  ports: () => ({}),
});

const lambda = {
  functionName: 'bench-fill-wallet',
  awsRequestId: '6f8e4c1a-0000-4000-8000-000000000001',
  getRemainingTimeInMillis: () => 10_000,
};

const timed = async (call: (event: Event) => Promise<{ readonly statusCode: number }>): Promise<number> => {
  const fresh = event(); // middlewares write into it
  const started = performance.now();
  const { statusCode } = await call(fresh);
  const milliseconds = performance.now() - started;
  if (statusCode !== 200) throw new Error(`The door answered ${statusCode}`);
  return milliseconds;
};

const run = async (): Promise<void> => {
  const samples: { bare: number[]; house: number[] } = { bare: [], house: [] };
  for (let round = -warmUp; round < count; round++) {
    const bareMs = await timed(bare);
    const houseMs = await timed((fresh) => house(fresh, lambda));
    if (round < 0) continue;
    samples.bare.push(bareMs);
    samples.house.push(houseMs);
  }
  process.send?.(samples);
};

void run();
