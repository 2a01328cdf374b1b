/** How a bench of a running city begins. */
import { availableParallelism, loadavg } from 'node:os';
import { type CityFile, readCity } from '../localstack/cloud/city.ts';
import { adoptLocalCloud } from '../localstack/cloud/environment.ts';
import { cloudPaths } from '../localstack/cloud/paths.ts';
import { measuredCommit } from './commit.ts';
import { processOf } from './emulator/clouds.ts';
import type { Circumstances } from './payments/report.ts';

/** The city that `npm start` left running, whose keys the environment has from now on. */
export const runningCity = (): CityFile => {
  const paths = cloudPaths();
  const city = readCity(paths);
  adoptLocalCloud(paths, Number(new URL(city.endpoint).port));
  return city;
};

/** The process of its emulator. @throws {Error} it does not run */
export const emulatorPid = (): number => processOf({ paths: cloudPaths() });

/** With what and on what it is measured, before anything is done. */
export const circumstancesNow = (): Circumstances => ({
  ...{ commit: measuredCommit(), day: new Date() },
  ...{ cores: availableParallelism(), load: loadavg()[0] ?? 0 },
});

/** What was asked for: everything, or `quick` in small. Ends the command where it was something else. */
export const sizeAsked = <S>({ full, quick }: { readonly full: S; readonly quick: S }): S => {
  const [asked] = process.argv.slice(2);
  if (asked === undefined) return full;
  if (asked === 'quick') return quick;
  process.stderr.write('In full, or: quick.\n');
  process.exit(1);
};
