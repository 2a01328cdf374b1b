/** What was measured, as the committed page shows it. */
import { availableParallelism } from 'node:os';

export interface Bar {
  readonly what: string;
  readonly limit: number;
  readonly measured: number;
  readonly unit: string;
}

export interface Loaded {
  readonly bundle: string;
  /** Gzip. */
  readonly kb: number;
  /** The median. */
  readonly loadMs: number;
}

export interface Called {
  readonly handler: string;
  /** The median. */
  readonly ms: number;
}

export const holds = ({ measured, limit }: Bar): boolean => measured <= limit;

export const report = (
  bars: readonly Bar[],
  loaded: readonly Loaded[],
  called: readonly Called[],
): string => {
  const [node] = process.versions.node.split('.');
  const first = loaded[0]?.loadMs ?? Number.NaN;
  return [
    '# What the house costs a function',
    `Written by \`npm run bench:kernel\` on a machine with ${availableParallelism()} cores and Node ${node}. Milliseconds differ from machine to machine and from hour to hour; the ratios and what holds should not. [How it is measured](README.md)`,
    table(
      ['Bar', 'At most', 'Measured', 'Holds'],
      bars.map((bar) => [
        bar.what,
        `${bar.limit} ${bar.unit}`,
        `${figures(bar.measured)} ${bar.unit}`,
        holds(bar) ? 'yes' : '**no**',
      ]),
    ),
    table(
      ['Bundle', 'kB gzip', 'Load, ms', 'Of the first'],
      loaded.map(({ bundle, kb, loadMs }) => [bundle, figures(kb), figures(loadMs), figures(loadMs / first)]),
    ),
    table(
      ['Warm call', 'ms'],
      called.map(({ handler, ms }) => [handler, ms.toFixed(4)]),
    ),
  ].join('\n\n');
};

/** What is worth reading of a number: 112.3, 48.4, 0.92, 0.029. */
const figures = (value: number): string => (value < 10 ? value.toPrecision(2) : value.toFixed(1));

/** Markdown; numbers, which is all but the first column, to the right. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
