/** Two traces beside each other, and what else is read out of the spans of one. */
import type { TraceRow } from '../../functions/platform/contract.ts';

/** A span of one trace and the one that stands in its place in the other. */
export interface SpanPair {
  readonly depth: number;
  /** Absent where that trace has no such span there. */
  readonly one?: TraceRow;
  readonly other?: TraceRow;
  /** `missing`: one of them lacks it, and what is below it; `status`: both have it, and it ended otherwise. */
  readonly differs?: 'missing' | 'status';
}

/**
 * The spans of both, each beside the one of the same name and system below the same parent: the first beside the
 * first, the second beside the second. In which order different siblings came, and how long they took, is no
 * difference: branches run at once.
 */
export const aligned = (one: readonly TraceRow[], other: readonly TraceRow[]): readonly SpanPair[] =>
  besides(treeOf(one), treeOf(other));

/** The place of the first pair that differs; what is below a missing span is missing with it. */
export const firstApart = (pairs: readonly SpanPair[]): number | undefined => {
  const at = pairs.findIndex(({ differs }) => differs !== undefined);
  return at < 0 ? undefined : at;
};

interface Node {
  readonly row: TraceRow;
  readonly children: Node[];
}

/** Rows come with parents before children. */
const treeOf = (rows: readonly TraceRow[]): readonly Node[] => {
  const roots: Node[] = [];
  const path: Node[] = [];
  for (const row of rows) {
    const node = { row, children: [] };
    while ((path.at(-1)?.row.depth ?? -1) >= row.depth) path.pop();
    (path.at(-1)?.children ?? roots).push(node);
    path.push(node);
  }
  return roots;
};

const besides = (ones: readonly Node[], others: readonly Node[]): readonly SpanPair[] => {
  const places = new Map([...numbered(ones).keys()].map((key, at) => [key, at]));
  // What only the other has stands behind the sibling that it came after.
  const behind = new Map<number, Node[]>();
  const partners = new Map<number, Node>();
  let last = -1;
  for (const [key, node] of numbered(others)) {
    const at = places.get(key);
    if (at === undefined) behind.set(last, [...(behind.get(last) ?? []), node]);
    else {
      partners.set(at, node);
      last = at;
    }
  }
  const alone = (at: number) => (behind.get(at) ?? []).flatMap((node) => missing(node, 'other'));
  return [
    ...alone(-1),
    ...ones.flatMap((node, at) => {
      const partner = partners.get(at);
      return [...(partner === undefined ? missing(node, 'one') : both(node, partner)), ...alone(at)];
    }),
  ];
};

/** Siblings by system, name, and the how manieth of that name it is. */
const numbered = (siblings: readonly Node[]): ReadonlyMap<string, Node> => {
  const seen = new Map<string, number>();
  return new Map(
    siblings.map((node) => {
      const key = `${node.row.system} ${node.row.name}`;
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return [`${key} ${count}`, node];
    }),
  );
};

const both = (one: Node, other: Node): readonly SpanPair[] => [
  {
    ...{ depth: one.row.depth, one: one.row, other: other.row },
    ...(isBad(one.row) === isBad(other.row) ? {} : { differs: 'status' as const }),
  },
  ...besides(one.children, other.children),
];

const missing = ({ row, children }: Node, side: 'one' | 'other'): readonly SpanPair[] => [
  { depth: row.depth, [side]: row, differs: 'missing' },
  ...children.flatMap((child) => missing(child, side)),
];

/** It ended in an error. */
export const isBad = ({ status }: Pick<TraceRow, 'status'>): boolean => status !== 'ok' && status !== 'unset';

/** Spans that ended in an error or logged one, each with the spans that led to it. */
export const errorsIn = (rows: readonly TraceRow[]): readonly TraceRow[] => {
  const path: TraceRow[] = [];
  const kept = new Set<TraceRow>();
  for (const row of rows) {
    while ((path.at(-1)?.depth ?? -1) >= row.depth) path.pop();
    path.push(row);
    if (isBad(row) || row.logs.some(({ level }) => level === 'ERROR'))
      for (const step of path) kept.add(step);
  }
  return rows.filter((row) => kept.has(row));
};

/** An execution that a span worked for. */
export interface SpanRun {
  readonly system: string;
  readonly run: string;
  readonly state: string;
}

/** Which execution a span worked for, as its worker noted it. */
export const runOfSpan = ({
  system,
  attributes,
}: Pick<TraceRow, 'system' | 'attributes'>): SpanRun | undefined => {
  const { executionId, state } = attributes ?? {};
  return typeof executionId === 'string' && typeof state === 'string'
    ? { system, run: executionId, state }
    : undefined;
};

/** The executions that a trace went through, each once, in the order of their first spans. */
export const runsIn = (rows: readonly TraceRow[]): readonly SpanRun[] => {
  const found = new Map<string, SpanRun>();
  for (const run of rows.map(runOfSpan)) {
    if (run !== undefined && !found.has(`${run.system} ${run.run}`))
      found.set(`${run.system} ${run.run}`, run);
  }
  return [...found.values()];
};
