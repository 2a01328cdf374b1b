import { join, resolve } from 'node:path';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Shared by every local cloud of this folder: installed tools and built code, both made from committed files alone. */
const SHARED = join(ROOT, '.cloud');

export const SHARED_PATHS = {
  venv: join(SHARED, 'venv'),
  tools: join(SHARED, 'tools'),
  build: join(SHARED, 'build'),
  /** The cities of test runs, by the number of the process that runs the tests. */
  tests: join(SHARED, 'tests'),
  requirements: join(ROOT, 'localstack/emulator/requirements.txt'),
  launcher: join(ROOT, 'localstack/emulator/launch.py'),
  bootstrap: join(ROOT, 'localstack/emulator/bootstrap'),
  bin: join(ROOT, 'node_modules/.bin'),
} as const;

/** The files of one running city. */
export type CloudPaths = ReturnType<typeof cloudPaths>;

/**
 * Where one city keeps its state and its traces.
 * @param home its folder; by default DABBA_HOME, else `.cloud`, so that a test runs a city of its own
 */
export const cloudPaths = (home = process.env.DABBA_HOME ?? SHARED) => {
  const at = (...parts: string[]) => join(resolve(home), ...parts);
  return {
    home: resolve(home),
    state: at('state'),
    objects: at('objects'),
    logs: at('logs'),
    /** The emulator's temporary files: its own folder, so that whatever is left can be swept away. */
    tmp: at('tmp'),
    /** Which functions may have a fault armed (shared/faults/marks.ts). */
    faultMarks: at('fault-marks'),
    /** HOME of everything that we start: without `.aws`, so that no key of the user's is found. */
    emptyHome: at('empty-home'),
    emptyFile: at('empty-home', 'none'),
    run: at('run.json'),
    lock: at('lock.json'),
    /** What the synthesis of a start writes; not where a `cdklocal` by hand does (`.cloud/cdk.out`). */
    assembly: at('assembly'),
    city: at('city.json'),
    emulatorLog: at('logs', 'emulator.log'),
  };
};
