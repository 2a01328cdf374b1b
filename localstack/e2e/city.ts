import { readFileSync } from 'node:fs';
import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { routes as bankRoutes } from '../../functions/sandbox-bank/contract.ts';
import type { CityFile } from '../cloud/city.ts';
import { castOf } from '../story/cast.ts';
import { closeCityBooks } from '../story/city-books.ts';
import { openStage } from '../story/stage.ts';

/** The city that `npm test` deployed for this run: see localstack/test.mjs. */
export const cityUnderTest = (): CityFile => {
  const file = process.env.DABBA_CITY;
  if (!file)
    throw new Error(
      'DABBA_CITY names no city.json: end-to-end tests run by npm test, or against a city of yours',
    );
  return JSON.parse(readFileSync(file, 'utf8')) as CityFile;
};

/** Keys for SDK clients of a test: the emulator's root. */
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A stage on the city under test, and people for one test file. */
export const openCity = () => {
  const city = cityUnderTest();
  const stage = openStage(city);
  const run = crypto.randomUUID().slice(0, 8);
  const operator = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const bank = stage.as(stage.operator, 'sandbox-bank', bankRoutes);
  return {
    city,
    stage,
    run,
    cast: castOf(stage, run),
    operator,
    bank,
    /** What of the books does not hold, with both sides. A test wants none. */
    async differences(): Promise<string[]> {
      const equations = await closeCityBooks(stage);
      return equations.flatMap(({ what, holds, seen }) => (holds ? [] : [`${what.en}: ${seen.en}`]));
    },
    aws: { endpoint: city.endpoint, region: city.region, credentials },
  };
};
