/** A definition as a drawing: what leads where, and which of it is worth a line. */
import type { Part, State } from './waiting.ts';

export interface Node {
  readonly name: string;
  readonly type: string;
  /** The Parallel or Map that it stands in. */
  readonly within?: string;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'catch';
  /** Which errors lead here, or which condition; none for the only way. */
  readonly says?: string;
  /** It leads into a jump of many ways, and is drawn only where it was taken. */
  readonly jump: boolean;
  /** It decides where things stand: one edge for each place, and none that leads back. */
  readonly places: boolean;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** A Choice with more ways than these is a switchboard: drawn whole it would hide the machine. */
const MOST_WAYS = 4;

/** What is drawn of a definition, in Amazon States Language. */
export const graphOf = (definition: string): Graph => {
  const nodes: Node[] = [];
  const edges: Omit<Edge, 'places'>[] = [];
  collect(JSON.parse(definition) as Part, undefined, nodes, edges);
  const order = new Map(nodes.map(({ name }, index) => [name, index]));
  const leadsOn = ({ from, to }: Omit<Edge, 'places'>) => (order.get(to) ?? 0) > (order.get(from) ?? 0);
  const placing = new Set(
    nodes.flatMap(({ name }) => {
      const leading = edges.filter((edge) => edge.to === name && leadsOn(edge));
      return leading.toSorted((a, b) => rank(a) - rank(b))[0] ?? [];
    }),
  );
  return { nodes, edges: edges.map((edge) => ({ ...edge, places: placing.has(edge) })) };
};

/** Where a state stands says first of all what it follows, then who chooses it, then whose error leads to it. */
const rank = ({ kind, jump }: Omit<Edge, 'places'>): number => {
  if (jump) return 3;
  return kind === 'next' ? 0 : kind === 'choice' ? 1 : 2;
};

const collect = (
  { States: states }: Part,
  within: string | undefined,
  nodes: Node[],
  edges: Omit<Edge, 'places'>[],
): void => {
  for (const [name, state] of Object.entries(states)) {
    nodes.push({ name, type: state.Type, ...(within === undefined ? {} : { within }) });
    edges.push(...waysOutOf(name, state));
    for (const part of [...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])]) {
      edges.push({ from: name, to: part.StartAt, kind: 'next', jump: false });
      collect(part, name, nodes, edges);
    }
  }
};

const waysOutOf = (
  from: string,
  { Next, Default, Choices = [], Catch = [] }: State,
): Omit<Edge, 'places'>[] => {
  const jump = Choices.length + (Default === undefined ? 0 : 1) > MOST_WAYS;
  return [
    ...(Next === undefined ? [] : [{ from, to: Next, kind: 'next' as const, jump: false }]),
    ...Choices.map(({ Next: to, Condition }) => ({
      ...{ from, to, kind: 'choice' as const, jump },
      ...(Condition === undefined ? {} : { says: Condition }),
    })),
    ...(Default === undefined ? [] : [{ from, to: Default, kind: 'choice' as const, jump }]),
    ...Catch.map(({ Next: to, ErrorEquals }) => ({
      ...{ from, to, kind: 'catch' as const, jump: false },
      says: ErrorEquals.join(', '),
    })),
  ];
};
