/** What was measured, as the committed page shows it. */

/** In the order of the page. The soak takes an hour, so it is played only when it is asked for. */
export const PARTS = ['invokes', 'bootstrap', 'websockets', 'deploy', 'sagas', 'soak'] as const;
export type Part = (typeof PARTS)[number];

const TITLES: { readonly [part in Part]: string } = {
  invokes: 'Warm invocations',
  bootstrap: 'Our runtime against the emulator’s own for Node',
  websockets: 'Idle WebSocket connections',
  deploy: 'Deploying 120 functions',
  sagas: 'Sagas',
  soak: 'The story in a loop',
};

export interface Bar {
  readonly what: string;
  readonly at: 'least' | 'most';
  readonly limit: number;
  readonly measured: number;
  readonly unit: string;
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a part found out. */
export interface Measured {
  readonly bars: readonly Bar[];
  readonly tables: readonly Table[];
}

export interface Circumstances {
  /** The commit whose corrections they are. */
  readonly commit: string;
  readonly day: Date;
  readonly cores: number;
  /** Major version. */
  readonly node: string;
  readonly ministack: string;
}

/** What could not be measured holds nothing. */
export const holds = ({ at, limit, measured }: Bar): boolean =>
  at === 'least' ? measured >= limit : measured <= limit;

/** Of an even number of values the mean of both in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
};

/** What is worth reading of a number: 324, 48.4, 0.92, 0.029. */
export const figures = (value: number): string => {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toPrecision(2);
};

/** `324 (301–330)`: the median, and between what all were. One value stands alone. */
export const spread = (values: readonly number[]): string =>
  values.length === 1
    ? figures(median(values))
    : `${figures(median(values))} (${figures(Math.min(...values))}–${figures(Math.max(...values))})`;

/** Markdown; numbers, which is all but the first column, to the right. */
const markdown = ({ head, rows }: Table): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const barsOf = (bars: readonly Bar[]): Table => ({
  head: ['Bar', 'Wanted', 'Measured', 'Holds'],
  rows: bars.map((bar) => [
    bar.what,
    `at ${bar.at} ${bar.limit} ${bar.unit}`,
    `${figures(bar.measured)} ${bar.unit}`,
    holds(bar) ? 'yes' : '**no**',
  ]),
});

/** A part of the page, its heading first. */
export const sectionOf = (
  part: Part,
  { bars, tables }: Measured,
  { commit, day, cores, node, ministack }: Circumstances,
): string =>
  [
    `## ${TITLES[part]}`,
    `\`${part}\`, with ${commit} on ${day.toISOString().slice(0, 10)}, on a machine with ${cores} cores, Node ${node} and MiniStack ${ministack}.`,
    ...(bars.length > 0 ? [markdown(barsOf(bars))] : []),
    ...tables.map(markdown),
  ].join('\n\n');

const INTRODUCTION = `# The emulator, stock against corrected

Written by \`npm run bench:emulator\`. Stock is MiniStack as it comes, corrected is what \`npm start\` starts; both are behind the gate, with IAM enforced, and are measured in turn. Figures are medians, with the lowest and the highest in parentheses. They differ from machine to machine and from hour to hour; the ratios and what holds should not. [How it is measured](README.md#how-the-emulator-is-measured)`;

/**
 * The page with these sections new, the others as they were: each part says itself when it was measured.
 * @param before the page as it is; empty when there is none
 */
export const pageWith = (before: string, sections: ReadonlyMap<Part, string>): string => {
  const kept = before.split(/^(?=## )/m).map((section) => section.trim());
  const all = PARTS.flatMap(
    (part) => sections.get(part) ?? kept.find((section) => section.startsWith(`## ${TITLES[part]}\n`)) ?? [],
  );
  return `${[INTRODUCTION, ...all].join('\n\n')}\n`;
};
