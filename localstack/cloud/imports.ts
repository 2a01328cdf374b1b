/**
 * Which folder may import which: DECISIONS.md and the README of each folder say why, this says it to a machine.
 * The rules speak of any system, so a new one is held to them without being named here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** An import as it stands in a file: a path from the project's root, or a package's name. */
export interface Import {
  readonly file: string;
  readonly target: string;
}

interface Direction {
  readonly says: string;
  /** The files that it speaks of; its groups are put for `$1` in `not` and `but`. */
  readonly from: RegExp;
  readonly not: string;
  /** What is allowed all the same. */
  readonly but?: string;
}

/** Tests stand beside what they test, and may set up more of the world than it knows. */
const code = (folder: string): RegExp => new RegExp(`^(?!.*\\.(?:test|fixture)\\.ts$)${folder}`);
const CONTRACTS = '^functions/[^/]+/contract(\\.[^/]+)?\\.ts$';

/** What plays the use cases of a system without a cloud. */
const SIMULATORS = '^functions/[^/]+/rush/[^/]+\\.fixture\\.ts$';

/** Data that a client loads through operator doors. */
const SEEDS = '^functions/[^/]+/seed\\.ts$';

const DIRECTIONS: readonly Direction[] = [
  {
    says: 'a system knows of another one only its contract',
    from: /^functions\/([^/]+)\//,
    not: '^functions/(?!$1/)',
    but: CONTRACTS,
  },
  {
    says: 'what runs does not know where it runs',
    from: /^functions\//,
    not: '^(stacks|console|localstack|bench)/',
  },
  { says: 'what runs does not read its machine', from: code('functions/'), not: '^statemachines/' },
  {
    says: 'what is decided knows no AWS, clock, log or trigger',
    from: code('functions/([^/]+)/domain[./]'),
    not: '^(@aws-sdk/|@middy/|shared/(aws|lambda|logging|tracing)/|functions/$1/(store|doors|steps|consumers|messages|peers)[./])',
  },
  {
    says: 'only store/ knows the SDK',
    from: code('functions/[^/]+/(?:doors|steps|consumers)/'),
    not: '^@aws-sdk/',
  },
  {
    says: 'a contract is read by stacks and clients, so it knows contracts and kernel types alone',
    from: code('functions/[^/]+/contract[./]'),
    not: '^(@aws-sdk/|@middy/|functions/|shared/(aws|lambda|logging|tracing|effects)/)',
    but: CONTRACTS,
  },
  {
    says: 'the kernel imports no system',
    from: /^shared\//,
    not: '^(functions|stacks|statemachines|console|localstack|bench)/',
  },
  {
    says: 'a stack reads contracts and nothing else of a system',
    from: /^stacks\//,
    not: '^functions/',
    but: CONTRACTS,
  },
  {
    says: 'a stack deploys anywhere, so it knows no local cloud',
    from: code('stacks/'),
    not: '^(console|localstack|bench)/',
  },
  {
    says: 'a machine reads contracts and nothing else of a system',
    from: /^statemachines\//,
    not: '^(functions|stacks|console|localstack|bench)/',
    but: CONTRACTS,
  },
  {
    says: 'a client reads contracts, and seeds to load, and nothing else of a system',
    from: /^localstack\/(?:story|e2e|parity)\//,
    not: '^functions/',
    but: `${CONTRACTS}|${SEEDS}`,
  },
  {
    says: 'a bench reads what clients do, and plays the simulator of a system for longer than its tests',
    from: /^bench\//,
    not: '^functions/',
    but: `${CONTRACTS}|${SEEDS}|${SIMULATORS}`,
  },
  {
    says: 'a seed is data and nothing else',
    from: code('functions/[^/]+/seed\\.ts'),
    not: '',
  },
  {
    says: 'what runs in a browser knows contracts and nothing else of the house',
    from: code('console/(?!browser/)'),
    not: '^(functions|stacks|statemachines|shared|localstack|bench)/|^node:|^@aws-sdk/',
    but: CONTRACTS,
  },
  {
    says: 'the local cloud reads contracts and nothing else of a system, but the one pure function that shows a trace',
    from: /^localstack\//,
    not: '^functions/',
    but: `${CONTRACTS}|${SEEDS}|^functions/platform/domain/trace\\.ts$`,
  },
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/** What a file imports, types too. A relative path that leads nowhere is text in a string, and is left out. */
export const importsOf = (root: string, file: string): Import[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].flatMap(([, from, called]) => {
    const target = from ?? called ?? '';
    if (!target.startsWith('.')) return [{ file, target }];
    const path = posix.normalize(posix.join(dirname(file), target));
    return existsSync(join(root, path)) ? [{ file, target: path }] : [];
  });

/** One sentence for each import against a direction; none is what a check wants. */
export const againstDirections = (imports: readonly Import[]): string[] =>
  imports.flatMap(({ file, target }) =>
    DIRECTIONS.flatMap(({ says, from, not, but }) => {
      const groups = from.exec(file);
      if (!groups) return [];
      const pattern = (text: string) => new RegExp(text.replaceAll('$1', groups[1] ?? ''));
      const wrong = pattern(not).test(target) && !(but !== undefined && pattern(but).test(target));
      return wrong ? [`${file} imports ${target}: ${says}`] : [];
    }),
  );
