/** How many executions of state machines end in a second: the payment saga of the city, and five steps that do nothing. */
import {
  CreateStateMachineCommand,
  ListExecutionsCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ACCOUNT, REGION } from '../../localstack/cloud/environment.ts';
import { castOf, type Person, pay } from '../../localstack/story/cast.ts';
import { openStage } from '../../localstack/story/stage.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { deployCity } from './cities.ts';
import { type Cloud, clientConfig, inTurns, KINDS, onBoth, type Pair } from './clouds.ts';
import { type Measured, median, spread } from './report.ts';
import { makeRole, makeSmall } from './small.ts';

const SIZES = {
  // Few payments: stock starts a process for each call that finds none free, and drowns two cores in hundreds of them.
  full: { rounds: 5, payments: 8, small: 100 },
  quick: { rounds: 1, payments: 4, small: 10 },
} as const;

/** How many start executions at a time. */
const CLIENTS = 8;
const ENDED_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 100;
const PAYMENTS = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:paytm-saga-payment`;
const STEPS = 5;

/** Starts so many executions, waits until all have ended, and answers how many a second that were. */
type Run = (count: number) => Promise<number>;

export const sagas = (size: keyof typeof SIZES): Promise<Measured> =>
  onBoth(async (clouds) => {
    const { rounds, payments, small } = SIZES[size];
    const five = await runsOf(clouds, fiveSteps, small, rounds);
    const paid = await runsOf(clouds, payingIn, payments, rounds);
    return {
      bars: [],
      tables: [
        {
          head: ['Execution', 'Executions', 'Stock, a second', 'Corrected, a second', 'Ratio'],
          rows: [
            [`${STEPS} steps of a Lambda that does nothing`, String(small), ...five],
            ['A payment through its door, all of its saga', String(payments), ...paid],
          ],
        },
      ],
    };
  });

/** The cells of one row. */
const runsOf = async (
  clouds: Pair<Cloud>,
  make: (cloud: Cloud) => Promise<Run>,
  count: number,
  rounds: number,
): Promise<string[]> => {
  const runs = { stock: await make(clouds.stock), corrected: await make(clouds.corrected) };
  for (const kind of KINDS) await runs[kind](count); // does not count: it starts the workers
  const { stock, corrected } = await inTurns(rounds, KINDS, (kind) => runs[kind](count));
  return [spread(stock), spread(corrected), (median(corrected) / median(stock)).toFixed(2)];
};

/** A machine of nothing but calls. */
const fiveSteps = async (cloud: Cloud): Promise<Run> => {
  const roleArn = await makeRole(cloud, ['lambda:InvokeFunction']);
  const Resource = await makeSmall(cloud, roleArn, { name: 'small' });
  const sfn = new SFNClient(clientConfig(cloud));
  const states = Array.from({ length: STEPS }, (_, step) => [
    `Step${step}`,
    { Type: 'Task', Resource, ...(step < STEPS - 1 ? { Next: `Step${step + 1}` } : { End: true }) },
  ]);
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'small',
      roleArn,
      definition: JSON.stringify({ StartAt: 'Step0', States: Object.fromEntries(states) }),
    }),
  );
  return (count) =>
    rateOf(sfn, stateMachineArn ?? '', count, () =>
      sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' })),
    );
};

/** The city, with people who have money; one of them for each that starts payments at the same time. */
const payingIn = async (cloud: Cloud): Promise<Run> => {
  const city = await deployCity(cloud);
  const cast = castOf(openStage(city), 'bench');
  const merchant = await cast.merchant('stall');
  const people = await Promise.all(
    Array.from({ length: CLIENTS }, (_, number) => cast.person(`payer_${number}`)),
  );
  const sfn = new SFNClient(clientConfig(cloud));
  let paid = 0;
  const payOnce = (payer: Person | undefined) => {
    if (!payer) throw new Error('nobody pays');
    const order = { reference: `PAY_${paid++}`, merchant, amount: 100 };
    // As a client that gets no answer in time, while workers start: the same again, which its key makes harmless.
    return waitFor(() => pay(payer, order), { what: 'a payment to start', timeoutMs: ENDED_WITHIN_MS });
  };
  return (count) => rateOf(sfn, PAYMENTS, count, (client) => payOnce(people[client]));
};

/** @throws {Error} one of them did not succeed, or they did not end in time */
const rateOf = async (
  sfn: SFNClient,
  stateMachineArn: string,
  count: number,
  start: (client: number) => Promise<unknown>,
): Promise<number> => {
  const succeededBefore = await succeeded(sfn, stateMachineArn);
  const began = performance.now();
  let started = 0;
  const client = async (number: number) => {
    while (started < count) {
      started++;
      await start(number);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  const running = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 });
  await waitFor(async () => (await sfn.send(running)).executions?.length === 0, {
    what: 'the executions to end',
    timeoutMs: ENDED_WITHIN_MS,
    everyMs: LOOK_EVERY_MS,
  });
  const seconds = (performance.now() - began) / 1_000;
  const well = (await succeeded(sfn, stateMachineArn)) - succeededBefore;
  if (well !== count) throw new Error(`Of ${count} executions ${well} succeeded`);
  return count / seconds;
};

const succeeded = async (client: SFNClient, stateMachineArn: string): Promise<number> => {
  let count = 0;
  for await (const { executions } of paginateListExecutions(
    { client },
    { stateMachineArn, statusFilter: 'SUCCEEDED', maxResults: 1_000 },
  )) {
    count += executions?.length ?? 0;
  }
  return count;
};
