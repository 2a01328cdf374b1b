/**
 * What runs before anything is installed: npm packages, and with them Node 24. Plain JavaScript for Node 20, Node's
 * own modules only.
 */

import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progress } from './cloud/progress.mjs';
import { inTurn } from './cloud/turns.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const NODE_24 = join(MODULES, '.bin', 'node');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What shells expect of a command ended by Ctrl-C. */
const INTERRUPTED_EXIT = 130;
const LINES_SHOWN = 15;
const CI = ['ci', '--ignore-scripts', '--include=optional', '--include=dev', '--no-audit', '--no-fund'];

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
 * Runs `npm ci` with its output in a log. It has a process group of its own, so that Ctrl-C reaches it through us and
 * it has ended when we say so.
 */
const npmCi = ({ verbose, log, signal }) =>
  new Promise((resolve, reject) => {
    mkdirSync(dirname(log), { recursive: true });
    const { command, args } = npm();
    const child = spawn(command, [...args, ...CI, ...(verbose ? [] : ['--loglevel', 'error'])], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const end = () => endGroup(child.pid);
    signal.addEventListener('abort', end, { once: true });
    const file = createWriteStream(log);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        file.write(chunk);
        if (verbose) process.stderr.write(chunk);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', end);
      file.end(() => resolve(code ?? 1));
    });
  });

const endGroup = (pid) => {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (thrown) {
    // It ended by itself in the meantime, or was never started.
    if (thrown.code !== 'ESRCH') throw thrown;
  }
};

/** An abort at Ctrl-C while work is under way, and no longer. */
const interruptibly = async (work) => {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const name of SIGNALS) process.on(name, abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, abort);
  }
};

/**
 * Installs the npm packages if something is missing, one command at a time. No package's scripts run: none of ours
 * needs one, and so the user's own `ignore-scripts` changes nothing. Optional and development packages are asked for
 * aloud, since Node 24 and the tools are among them, whatever NODE_ENV or the user's settings say.
 * @returns npm's exit code; 130 at Ctrl-C, after which the next try begins anew
 */
export const install = ({ verbose = false } = {}) =>
  isInstalled()
    ? 0
    : interruptibly(async (signal) => {
        const show = progress({ verbose });
        const onWait = ({ pid }) =>
          show.note(`Another command (process ${pid}) is installing the packages; waiting for it.`);
        try {
          const lock = join(ROOT, '.cloud', 'npm-ci.lock');
          return await inTurn({ lock, doing: 'npm ci', onWait, signal }, () =>
            installNow(verbose, show, signal),
          );
        } catch (thrown) {
          if (!signal.aborted) throw thrown;
          console.error('Stopped; nothing is left half done: the next npm start installs anew.');
          return INTERRUPTED_EXIT;
        }
      });

const installNow = async (verbose, show, signal) => {
  // Whoever had the turn before us may have done it.
  if (isInstalled()) return 0;
  const log = join(ROOT, '.cloud', 'logs', 'npm-ci.log');
  let code = 1;
  try {
    await show.step('Packages: npm ci (the first time about a minute)', async () => {
      code = await npmCi({ verbose, log, signal });
      signal.throwIfAborted();
      if (code !== 0) throw new Error(`npm ci failed (exit ${code})`);
    });
  } catch (thrown) {
    if (signal.aborted || code === 0) throw thrown;
    const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN);
    console.error(`\n✗ ${thrown.message}`);
    for (const line of tail) console.error(`    ${line}`);
    console.error(`  The whole output: ${log}\n  Is the registry in reach? npm ping tells.`);
  }
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
