/** Trains for stories and tests, published through operator doors as often as it is asked. */
import { routes, TrainNumber } from '../../functions/irctc-booking/contract.ts';
import { seedTrains } from '../../functions/irctc-booking/seed.ts';
import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { kolkata } from '../../shared/time/index.ts';
import type { Stage } from './stage.ts';

/** Railway booking's doors for somebody. */
export const railAs = (stage: Stage, who: Stage['operator']) => stage.as(who, 'irctc-booking', routes);
export type RailDoors = ReturnType<typeof railAs>;

/** A train as it is published, but for who is paid. */
type Published = Omit<Parameters<RailDoors['publishTrain']>[0]['body'], 'paidTo'>;

const A_DAY_MS = 24 * 60 * 60_000;
const EVERY_DAY = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** So many days from now, on the calendar of Asia/Kolkata. */
export const dayFromNow = (days: number): string => kolkata(new Date(Date.now() + days * A_DAY_MS)).date;

/** Whom tickets are paid to: the same for a day, so that two who ask at once have one merchant. */
const railway = async (stage: Stage, of = 'seed'): Promise<string> => {
  const saga = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const { body } = await saga.createMerchant({
    idempotencyKey: `irctc-booking.${of}`,
    body: { reference: 'irctc', name: 'IRCTC' },
  });
  return body.id;
};

/** The five trains of the original. */
export const publishTrains = async (stage: Stage): Promise<void> => {
  const paidTo = await railway(stage);
  const operator = railAs(stage, stage.operator);
  for (const { number, demoClass: _, ...train } of seedTrains)
    await operator.publishTrain({
      path: { train: TrainNumber.parse(number) },
      body: { ...train, paidTo } as Published & { paidTo: string },
    });
};

/** The numbers of all trains, page by page: every run of a story leaves a special one, and those are listed first. */
export const trainNumbers = async ({ listTrains }: RailDoors): Promise<readonly string[]> => {
  const numbers: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await listTrains({ query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } });
    numbers.push(...body.items.map(({ number }) => number));
    cursor = body.next;
  } while (cursor !== undefined);
  return numbers;
};

/**
 * A special train of one run, so that the run has berths of its own: one 3A coach, 38 berths in the general quota, four that
 * two share, and a waiting list of 25. Specials have numbers that begin with 0. It is
 * paid to a merchant of its own, since the payment saga lets each take so much in a day, which fifty stories would use up.
 */
export const publishSpecial = async (
  stage: Stage,
  {
    number,
    coaches = { '3A': ['B1'] },
    kilometres = 263,
  }: { number: string; coaches?: Published['coaches']; kilometres?: number },
): Promise<TrainNumber> => {
  const train = TrainNumber.parse(number);
  await railAs(stage, stage.operator).publishTrain({
    path: { train },
    body: {
      ...{ name: 'Mumbai Rajdhani Special', from: 'MMCT', to: 'ST', kilometres, departs: '17:00' },
      ...{ runsOn: [...EVERY_DAY], coaches, paidTo: await railway(stage, number) },
    } as Published & { paidTo: string },
  });
  return train;
};

/** A number of a special train that hardly another run has. */
export const specialNumber = (run: string): string =>
  `0${String(Number.parseInt(run.slice(0, 6), 16) % 10_000).padStart(4, '0')}`;
