/** The story in a loop on one city with the corrections: what the emulator takes of the machine, and whether that stays. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CityFile } from '../../localstack/cloud/city.ts';
import type { CloudPaths } from '../../localstack/cloud/paths.ts';
import { CloudProblem } from '../../localstack/cloud/problem.ts';
import { runStory } from '../../localstack/story/run.ts';
import { deployCity } from './cities.ts';
import { onCloud, processOf } from './clouds.ts';
import { hasProc, type Usage, usageOf } from './process.ts';
import type { Measured } from './report.ts';
import { judged } from './steady.ts';

/** After a start these fill what is filled once: workers, imported modules, connections. */
const WARM_UP_STORIES = 5;
/** After the restart at the end, whose median is what the state alone takes. */
const STORIES_AFTER = 5;
const MINUTE_MS = 60_000;
const MEGA = 1_000_000;

/**
 * Plays for so many minutes, after a restart of a city that has been played on.
 * @throws {CloudProblem} this is no Linux
 * @throws {Error} a story went otherwise than expected; the message is that story
 */
export const soak = (minutes: number): Promise<Measured> => {
  if (!hasProc)
    throw new CloudProblem('The soak reads memory, threads and files from /proc, which Linux has.');
  return onCloud('corrected', async (cloud) => {
    const city = await deployCity(cloud);
    await play(city);
    await cloud.restart();
    const stateBefore = savedBytes(cloud.paths) / MEGA;
    const warmUp = async () => {
      for (let story = 0; story < WARM_UP_STORIES; story++) await play(city);
    };
    const sample = async (): Promise<Usage> => {
      await play(city);
      return usageOf(processOf(cloud));
    };
    await warmUp();
    const samples: Usage[] = [];
    const began = performance.now();
    const played = () => (performance.now() - began) / MINUTE_MS;
    while (played() < minutes) samples.push(await sample());
    const took = played();
    await cloud.restart();
    const stateAfter = savedBytes(cloud.paths) / MEGA;
    await warmUp();
    const restarted: Usage[] = [];
    for (let story = 0; story < STORIES_AFTER; story++) restarted.push(await sample());
    const storiesBetween = WARM_UP_STORIES + samples.length;
    return judged({ minutes: took, samples, restarted, storiesBetween, stateBefore, stateAfter });
  });
};

const play = async (city: CityFile): Promise<void> => {
  const lines: string[] = [];
  if ((await runStory({ city, out: (line) => lines.push(line) })) === 0) return;
  throw new Error(`A story went otherwise than expected:\n${lines.join('\n')}`);
};

/** What a stop saved, without the objects in buckets: they lie on the disk and in no memory. */
const savedBytes = ({ state }: CloudPaths): number =>
  readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
