import { execFile } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { emulatorStatus } from './emulator.ts';
import { type CloudPaths, ROOT } from './paths.ts';
import { isListening, listenerOn } from './ports.ts';
import { CloudProblem } from './problem.ts';
import { choosePython, findPythons, type Python } from './python.ts';

export interface Finding {
  readonly check: string;
  /** `note`: worth knowing, and no obstacle. */
  readonly verdict: 'ok' | 'note' | 'problem';
  readonly says: string;
  readonly remedies?: readonly string[];
}

/** What the checks ask the machine; tests answer in its place. */
export interface Probes {
  /** `24.21.0`: the Node that the user's `npm start` runs on. */
  readonly nodeVersion: () => string;
  readonly pythons: () => readonly Python[];
  /** Answers what was wrong, or nothing. */
  readonly pingRegistry: () => Promise<string | undefined>;
  readonly npmSetting: (name: string) => Promise<string>;
  readonly environment: () => NodeJS.ProcessEnv;
  /** Files with the user's AWS keys. */
  readonly keyFiles: () => readonly string[];
  readonly folder: () => string;
  /** Whether a program in the project's folder can be run. */
  readonly canExecute: () => Promise<boolean>;
  readonly freeBytes: () => number;
  readonly port: () => Promise<{ port: number; ours: boolean; by?: string | undefined } | undefined>;
}

const OLDEST_NODE = 20;
/** npm packages, the emulator and the state of a long day. */
const NEEDED_BYTES = 1_500_000_000;

/** Looks at everything that has kept somebody's cloud from starting. */
export const diagnose = async (probe: Probes): Promise<readonly Finding[]> => [
  checkNode(probe),
  checkPython(probe),
  await checkRegistry(probe),
  await checkScripts(probe),
  checkProxies(probe),
  checkKeys(probe),
  await checkFolder(probe),
  await checkPort(probe),
  checkDisk(probe),
];

export const checkNode = ({ nodeVersion }: Pick<Probes, 'nodeVersion'>): Finding => {
  const version = nodeVersion();
  return Number(version.split('.')[0]) >= OLDEST_NODE
    ? {
        check: 'Node',
        verdict: 'ok',
        says: `${version}; the cloud itself runs on the Node 24 that npm installs`,
      }
    : {
        check: 'Node',
        verdict: 'problem',
        says: `${version} is too old`,
        remedies: [`Install Node ${OLDEST_NODE} or newer: https://nodejs.org`],
      };
};

export const checkPython = ({ pythons }: Pick<Probes, 'pythons'>): Finding => {
  try {
    const { version, path } = choosePython(pythons());
    return { check: 'Python', verdict: 'ok', says: `${version} (${path})` };
  } catch (thrown) {
    if (!(thrown instanceof CloudProblem)) throw thrown;
    return { check: 'Python', verdict: 'problem', says: thrown.message, remedies: thrown.remedies };
  }
};

export const checkRegistry = async ({ pingRegistry }: Pick<Probes, 'pingRegistry'>): Promise<Finding> => {
  const trouble = await pingRegistry();
  return trouble === undefined
    ? { check: 'npm registry', verdict: 'ok', says: 'in reach' }
    : {
        check: 'npm registry',
        verdict: 'problem',
        says: `out of reach: ${trouble}`,
        remedies: [
          'Only the first start, and one after an update, needs it. Look at: npm config get registry, npm ping',
          'Behind a proxy: npm config set proxy and https-proxy, or HTTPS_PROXY in the environment',
        ],
      };
};

export const checkScripts = async ({ npmSetting }: Pick<Probes, 'npmSetting'>): Promise<Finding> => {
  const ignored = (await npmSetting('ignore-scripts')) === 'true';
  const check = 'npm scripts';
  return ignored
    ? { check, verdict: 'note', says: 'ignore-scripts is set, which is fine: no package here needs a script' }
    : { check, verdict: 'ok', says: 'none are run: no package here needs one' };
};

export const checkProxies = ({ environment }: Pick<Probes, 'environment'>): Finding => {
  const names = Object.keys(environment()).filter((name) => /^(https?|all)_proxy$/i.test(name));
  return names.length === 0
    ? { check: 'Proxies', verdict: 'ok', says: 'none' }
    : {
        check: 'Proxies',
        verdict: 'note',
        says: `${names.join(', ')} are used to install; nothing between the parts of the cloud goes through them`,
      };
};

export const checkKeys = ({ environment, keyFiles }: Pick<Probes, 'environment' | 'keyFiles'>): Finding => {
  const names = Object.keys(environment()).filter((name) => name.startsWith('AWS_'));
  const found = [...names, ...keyFiles()];
  return found.length === 0
    ? { check: 'AWS keys', verdict: 'ok', says: 'none here; none are needed' }
    : {
        check: 'AWS keys',
        verdict: 'note',
        says: `${found.join(', ')}: fine, the local cloud reads none of them and cannot reach AWS`,
      };
};

export const checkFolder = async ({
  folder,
  canExecute,
}: Pick<Probes, 'folder' | 'canExecute'>): Promise<Finding> => {
  const path = folder();
  if (!(await canExecute())) {
    return {
      check: 'Folder',
      verdict: 'problem',
      says: `programs in ${path} cannot be run (mounted noexec?), but the functions run from there`,
      remedies: ['Move the project to a folder on another file system.'],
    };
  }
  return { check: 'Folder', verdict: 'ok', says: /\s/.test(path) ? `${path} (spaces are fine)` : path };
};

export const checkPort = async ({ port }: Pick<Probes, 'port'>): Promise<Finding> => {
  const taken = await port();
  const check = 'Port';
  if (!taken) return { check, verdict: 'ok', says: 'free' };
  if (taken.ours) return { check, verdict: 'ok', says: `${taken.port} is where this cloud runs` };
  return {
    check,
    verdict: 'problem',
    says: `${taken.port} is taken${taken.by ? ` by ${taken.by}` : ''}`,
    remedies: [`npm start -- --port ${taken.port + 1}`],
  };
};

export const checkDisk = ({ freeBytes }: Pick<Probes, 'freeBytes'>): Finding => {
  const free = freeBytes();
  const says = `${(free / 1e9).toFixed(1)} GB free`;
  return free >= NEEDED_BYTES
    ? { check: 'Disk', verdict: 'ok', says }
    : {
        check: 'Disk',
        verdict: 'problem',
        says: `${says}, ${(NEEDED_BYTES / 1e9).toFixed(1)} GB are needed`,
        remedies: ['Free some space; npm run reset forgets the data of the local cloud.'],
      };
};

const execute = promisify(execFile);
const REGISTRY_TIMEOUT_MS = 15_000;

/** The machine itself. */
export const probes = (paths: CloudPaths, port: number): Probes => ({
  // npm names the Node that it runs on; this program itself always runs on Node 24.
  nodeVersion: () =>
    /node\/v(\S+)/.exec(process.env.npm_config_user_agent ?? '')?.[1] ?? process.versions.node,
  pythons: () => findPythons(),
  pingRegistry: async () => {
    try {
      await execute('npm', ['ping'], { timeout: REGISTRY_TIMEOUT_MS });
      return undefined;
    } catch (thrown) {
      const { stderr = '', message } = thrown as Error & { stderr?: string };
      return /npm (?:error|ERR!) (?!code)(.+)/.exec(stderr)?.[1] ?? message.split('\n')[0];
    }
  },
  npmSetting: async (name) => {
    try {
      return (await execute('npm', ['config', 'get', name])).stdout.trim();
    } catch {
      return '';
    }
  },
  environment: () => process.env,
  keyFiles: () =>
    ['credentials', 'config'].map((name) => join(homedir(), '.aws', name)).filter((file) => existsSync(file)),
  folder: () => ROOT,
  canExecute: async () => {
    const file = join(paths.home, 'can-execute');
    try {
      mkdirSync(paths.home, { recursive: true });
      accessSync(paths.home, constants.W_OK);
      writeFileSync(file, '#!/bin/sh\nexit 0\n');
      chmodSync(file, 0o755);
      await execute(file);
      return true;
    } catch {
      return false;
    } finally {
      rmSync(file, { force: true });
    }
  },
  freeBytes: () => {
    const { bavail, bsize } = statfsSync(ROOT);
    return bavail * bsize;
  },
  port: async () => {
    if (!(await isListening(port))) return undefined;
    const status = emulatorStatus(paths);
    const by = listenerOn(port);
    return {
      port,
      ours: status.kind === 'running' && status.run.port === port,
      by: by && `process ${by.pid}: ${by.command.slice(0, 100)}`,
    };
  },
});
