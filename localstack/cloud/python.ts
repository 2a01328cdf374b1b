import { execFileSync } from 'node:child_process';
import { CloudProblem } from './problem.ts';

/** What the emulator runs on: its dependencies ask for 3.10, and its wheels end at 3.13. */
export const PYTHON_RANGE = { from: 10, to: 13 } as const;

/** The newest first; the plain names last, since they may be of any version. */
export const PYTHON_NAMES: readonly string[] = [
  ...Array.from(
    { length: PYTHON_RANGE.to - PYTHON_RANGE.from + 1 },
    (_, n) => `python3.${PYTHON_RANGE.to - n}`,
  ),
  'python3',
  'python',
];

export interface Python {
  /** The interpreter itself, not the name or the version manager's shim that led to it. */
  readonly path: string;
  /** `3.12.1` */
  readonly version: string;
  /** Whether `python -m venv` can put pip into what it makes; Debian packs that apart. */
  readonly ensurepip: boolean;
}

const PROBE = `
import sys, json, importlib.util
found = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
print(json.dumps({"path": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3], "ensurepip": found}))
`;

/** Runs a name to see what it is: a shim on PATH may exist and still not run. */
const probe = (name: string): Python | undefined => {
  try {
    const out = execFileSync(name, ['-c', PROBE], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(out) as Python;
  } catch {
    return undefined;
  }
};

const suits = ({ version }: Python): boolean => {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor !== undefined && minor >= PYTHON_RANGE.from && minor <= PYTHON_RANGE.to;
};

/** The interpreters that run here, whatever their version. */
export const findPythons = (ask: (name: string) => Python | undefined = probe): readonly Python[] =>
  PYTHON_NAMES.map(ask).filter((python) => python !== undefined);

/**
 * The Python that the emulator will use: the first that suits and can make virtual environments.
 * @throws {CloudProblem} there is none; says what was found and what to install
 */
export const choosePython = (found: readonly Python[] = findPythons()): Python => {
  const suiting = found.filter(suits);
  const able = suiting.find(({ ensurepip }) => ensurepip);
  if (able) return able;
  const [unable] = suiting;
  if (unable) {
    const [, minor] = unable.version.split('.');
    throw new CloudProblem(
      `Python ${unable.version} (${unable.path}) cannot make virtual environments: its venv or ensurepip is missing.`,
      [`On Debian and Ubuntu: sudo apt install python3.${minor}-venv (or python3-venv)`],
    );
  }
  const others = found.map(({ version, path }) => `${version} (${path})`).join(', ');
  throw new CloudProblem(
    `No Python 3.${PYTHON_RANGE.from} to 3.${PYTHON_RANGE.to} was found. The emulator needs one.`,
    [
      others ? `Found: ${others}` : 'No other Python was found either.',
      'macOS: brew install python@3.12   Debian, Ubuntu: sudo apt install python3 python3-venv',
      `Any of these names on PATH will do: ${PYTHON_NAMES.join(', ')}`,
    ],
  );
};
