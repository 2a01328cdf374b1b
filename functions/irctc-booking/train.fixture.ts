/** The trains of the seed, for tests. */
import { StationCode, TrainNumber } from './contract.codes.ts';
import type { Train } from './domain/train.ts';
import { seedTrains } from './seed.ts';

export const trainOf = (number: string): Train => {
  const seed = seedTrains.find((one) => one.number === number);
  if (!seed) throw new Error(`${number} is not in the seed`);
  return {
    ...seed,
    number: TrainNumber.parse(seed.number),
    from: StationCode.parse(seed.from),
    to: StationCode.parse(seed.to),
    paidTo: 'merchant_irctc',
  };
};
