import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from './child.ts';
import { ROOT } from './paths.ts';
import { choosePython, type Python } from './python.ts';
import { inTurn } from './turns.mjs';

export interface VenvOptions {
  /** The folder of the virtual environment; replaced as a whole when it is not as it should be. */
  readonly folder: string;
  /** A requirements file with hashes. */
  readonly requirements: string;
  /**
   * One package that is published as source only, in plain Python, and the requirements (with hashes) of what builds
   * it. @default wheels only
   */
  readonly fromSource?: { readonly name: string; readonly tools: string };
  readonly log: string;
  readonly verbose?: boolean;
  readonly signal?: AbortSignal;
  readonly choose?: () => Python;
}

const STAMP = 'dabbawala-stamp';

const stampOf = (requirements: string): string =>
  createHash('sha256').update(readFileSync(requirements)).digest('hex');

/** Whether the environment was made, to its end, from this very requirements file, and its Python still exists. */
export const venvIsReady = ({
  folder,
  requirements,
}: Pick<VenvOptions, 'folder' | 'requirements'>): boolean => {
  const stamp = join(folder, STAMP);
  return (
    existsSync(join(folder, 'bin/python')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === stampOf(requirements)
  );
};

/**
 * Makes a virtual environment from a hash-pinned requirements file, unless it is there already. Wheels only, so that
 * no compiler is needed; pip and its registry are the user's own, with their settings.
 * @throws {CloudProblem} no fitting Python, or pip failed; a second try begins anew
 */
export const ensureVenv = async ({ choose = choosePython, ...options }: VenvOptions): Promise<void> => {
  if (venvIsReady(options)) return;
  const { folder, signal } = options;
  const turn = { lock: `${folder}.lock`, doing: 'pip install', ...(signal ? { signal } : {}) };
  await inTurn(turn, async () => {
    // Whoever had the turn before us has probably made it: cities share it.
    if (!venvIsReady(options)) await makeVenv(choose(), options);
  });
};

const makeVenv = async (python: Python, options: Omit<VenvOptions, 'choose'>): Promise<void> => {
  const { folder, requirements, fromSource, log, verbose = false, signal } = options;
  rmSync(folder, { recursive: true, force: true });
  const common = { env: process.env, cwd: ROOT, verbose, ...(signal ? { signal } : {}) };
  await run({
    ...common,
    command: python.path,
    args: ['-m', 'venv', folder],
    log: `${log}.venv.log`,
    what: `${python.path} -m venv`,
  });
  const install = (file: string, ...args: string[]) =>
    run({
      ...common,
      command: join(folder, 'bin/python'),
      args: [
        ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps'],
        ...['--require-hashes', '--only-binary', ':all:', ...args, '--requirement', file],
      ],
      // These would put the packages elsewhere, or refuse.
      env: { ...process.env, PIP_USER: '0', PIP_TARGET: undefined, PIP_PREFIX: undefined },
      log: `${log}.pip.log`,
      what: `pip install (${relative(ROOT, file)})`,
    });
  if (fromSource) await install(fromSource.tools);
  const source = fromSource ? ['--no-binary', fromSource.name, '--no-build-isolation', '--use-pep517'] : [];
  await install(requirements, ...source);
  writeFileSync(join(folder, STAMP), stampOf(requirements));
};
