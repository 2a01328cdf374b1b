import { rmSync } from 'node:fs';
import { emulatorStatus, stopEmulator } from './emulator.ts';
import { exclusively } from './lock.ts';
import type { CloudPaths } from './paths.ts';
import type { Progress } from './progress.mjs';

interface DownOptions {
  readonly paths: CloudPaths;
  readonly progress: Progress;
}

/** Stops the emulator and with it every function; the data stay. */
export const down = ({ paths, progress }: DownOptions): Promise<'stopped' | 'running' | 'died'> =>
  exclusively(paths, 'down', async () => {
    const status = emulatorStatus(paths);
    if (status.kind === 'stopped') {
      progress.note('The cloud was not running.');
      return 'stopped';
    }
    if (status.kind === 'died') {
      progress.note(`The emulator (process ${status.run.pid}) ended earlier, without saving.`);
      await stopEmulator(paths);
      rmSync(paths.run, { force: true });
      return 'died';
    }
    return progress.step('Emulator: stop and save', () => stopEmulator(paths));
  });

/** Stops the emulator and forgets all data. What was installed and built stays. */
export const reset = async ({ paths, progress }: DownOptions): Promise<void> => {
  await down({ paths, progress });
  await exclusively(paths, 'reset', async () => {
    for (const path of [
      paths.state,
      paths.objects,
      paths.tmp,
      paths.faultMarks,
      paths.assembly,
      paths.city,
      paths.logs,
      paths.run,
    ]) {
      rmSync(path, { recursive: true, force: true });
    }
  });
  progress.note('All data of the local cloud are forgotten.');
};
