/**
 * What runs before anything is installed: npm packages, and with them Node 24. Plain JavaScript for Node 20, Node's
 * own modules only.
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const NODE_24 = join(MODULES, '.bin', 'node');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Whether node_modules holds what package-lock.json says, by the integrity of each package. npm leaves its own record
 * of what it installed there, at the end, so that a broken-off install has none. Packages for other platforms may be
 * missing.
 */
export const isInstalled = (root = ROOT) => {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readJson(join(root, 'package-lock.json')).packages;
  const found = readJson(record).packages;
  return Object.entries(wanted).every(([path, { integrity, optional }]) => {
    if (path === '') return true;
    return found[path] ? found[path].integrity === integrity : optional === true;
  });
};

/** The Node 24 that npm installed; the one that runs, where there is none for this platform and it is new enough. */
export const node24 = () => {
  if (existsSync(NODE_24)) return NODE_24;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `There is no Node 24 for ${process.platform} ${process.arch} among the installed packages. Install Node 24 or newer and try again.`,
  );
};

/** The npm that runs us, else the one on PATH. */
const npm = () =>
  process.env.npm_execpath && /\.c?js$/.test(process.env.npm_execpath)
    ? { command: process.execPath, args: [process.env.npm_execpath] }
    : { command: 'npm', args: [] };

/** Runs a program with our own input and output; signals reach it, and its ending is ours. */
const runHere = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
    // On a terminal Ctrl-C reaches both; whoever works puts things right, and we wait for it.
    const forward = (name) => name !== 'SIGINT' && child.kill(name);
    for (const name of SIGNALS) process.on(name, forward);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const name of SIGNALS) process.off(name, forward);
      resolve(code === null ? 128 + (constants.signals[signal] || 0) : code);
    });
  });

/**
 * Installs the npm packages if something is missing. No package's scripts run: none of ours needs one, and so the
 * user's own `ignore-scripts` changes nothing. Optional and development packages are asked for aloud, since Node 24
 * and the tools are among them, whatever NODE_ENV or the user's settings say.
 * @returns npm's exit code
 */
export const install = async ({ verbose = false } = {}) => {
  if (isInstalled()) return 0;
  const started = Date.now();
  console.error('Installing the npm packages (the first time: about a minute) …');
  const { command, args } = npm();
  const quiet = verbose ? [] : ['--loglevel', 'error'];
  const code = await runHere(
    command,
    [
      ...args,
      'ci',
      '--ignore-scripts',
      '--include=optional',
      '--include=dev',
      '--no-audit',
      '--no-fund',
      ...quiet,
    ],
    // npm's summary would be noise before our own lines.
    verbose ? {} : { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (code === 0)
    console.error(`Installed the npm packages in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  else
    console.error(
      `\nnpm ci failed (exit ${code}). Is the registry in reach? npm ping tells; npm start -- --verbose shows more.`,
    );
  return code;
};

/** Installs what is missing, then runs a program of ours on Node 24 and ends as it ends. */
export const installThenRun = async (program, args) => {
  const code = await install({ verbose: args.includes('--verbose') });
  process.exitCode = code === 0 ? await runHere(node24(), [join(ROOT, program), ...args]) : code;
};

/** Runs a program of ours on Node 24 where everything is installed, else says what to do. */
export const runInstalled = async (program, args) => {
  // Not isInstalled: after a change of the lockfile the old packages still can stop the cloud.
  if (!existsSync(join(MODULES, '.package-lock.json'))) {
    console.error('Nothing is installed here yet: run npm start first.');
    process.exitCode = 1;
    return;
  }
  process.exitCode = await runHere(node24(), [join(ROOT, program), ...args], { cwd: process.cwd() });
};
