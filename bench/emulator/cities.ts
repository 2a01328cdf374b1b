/** The city itself on an emulator of the bench. */
import type { CityFile } from '../../localstack/cloud/city.ts';
import { chosenCorrections } from '../../localstack/cloud/environment.ts';
import { progress } from '../../localstack/cloud/progress.mjs';
import { up } from '../../localstack/cloud/up.ts';
import type { Cloud } from './clouds.ts';

/** Brings the city of this code onto an emulator that runs. */
export const deployCity = ({ kind, paths, port }: Cloud): Promise<CityFile> =>
  up({
    paths,
    port,
    corrections: kind === 'stock' ? 'none' : chosenCorrections(),
    // That the emulator runs already is no news here.
    progress: { ...progress(), note: () => undefined },
    // Ctrl-C ends the whole bench, and every emulator with it.
    signal: new AbortController().signal,
  });
