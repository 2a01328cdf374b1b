/** The queues of railway booking in the order of its topology: how deep each is now, and how long its oldest message waits. */
import type { QueueDepth, QueueState, SystemView } from '../../functions/console/contract.ts';
import { type BindingOf, bindings } from '../../functions/irctc-booking/contract.topology.ts';

type Depth = Omit<QueueDepth, 'name'>;

/** What is known of how long the oldest message waits. `untold`: there is one, and nobody has said of its age yet. */
export type Age =
  | { readonly is: 'none' }
  | { readonly is: 'untold' }
  | { readonly is: 'told'; readonly seconds: number };

export interface QueueRow {
  readonly name: string;
  /** Without the system, by which all of them begin. */
  readonly short: string;
  readonly depth: Depth;
  readonly age: Age;
  /** What brings messages: the topic's name, or nothing for what the bus, a schedule or a consumer fills. */
  readonly topic?: BindingOf['exchange'];
  /** The queue of the original that it stands for. */
  readonly original?: string;
  /** `line`: in their order, one after the other within a group. `dead`: nobody works them off, but a person. */
  readonly kind: 'line' | 'work' | 'dead';
  readonly dead?: { readonly name: string; readonly depth: Depth; readonly age: Age };
}

const isDead = (name: string): boolean => /-(dead|parking)$/.test(name);

/**
 * One for each queue, those of the topology first, those of which nobody works off anything last.
 * @param depths what SQS counts now; absent until it is told
 * @param states what CloudWatch says of ages
 */
export const queueRows = (
  { name: system, queues }: Pick<SystemView, 'name' | 'queues'>,
  depths: readonly QueueDepth[] | undefined,
  states: readonly QueueState[] | undefined,
): readonly QueueRow[] => {
  const counted = new Map(depths?.map(({ name, ...depth }) => [name, depth]));
  const aged = new Map(states?.map(({ name, oldestSeconds }) => [name, oldestSeconds]));
  const bound: readonly BindingOf[] = bindings;
  const bindingOf = (consumer: string | undefined) =>
    bound.findIndex((binding) => `${system}-${binding.consumer}` === consumer);
  const knownOf = (name: string) => {
    const depth = counted.get(name) ?? {};
    return { name, depth, age: ageOf(depth, aged.get(name)) };
  };
  const place = ({ name, consumer }: SystemView['queues'][number]): number => {
    const at = bindingOf(consumer);
    if (at >= 0) return at;
    return bound.length + (isDead(name) ? 1 : 0);
  };
  return queues
    .toSorted((one, other) => place(one) - place(other))
    .map(({ name, consumer, deadLetters }) => {
      const binding = bound[bindingOf(consumer)];
      return {
        ...knownOf(name),
        short: name.slice(system.length + 1),
        kind: isDead(name) ? 'dead' : name.endsWith('.fifo') ? 'line' : 'work',
        ...(binding === undefined ? {} : { topic: binding.exchange }),
        ...(binding?.original === undefined ? {} : { original: binding.original.queue }),
        ...(deadLetters === undefined ? {} : { dead: knownOf(deadLetters) }),
      };
    });
};

/** What CloudWatch told of a message that is gone by now says nothing. */
const ageOf = (depth: Depth, seconds: number | undefined): Age => {
  const isEmpty = depth.visible === 0 && depth.inFlight === 0;
  if (isEmpty) return { is: 'none' };
  return seconds === undefined ? { is: 'untold' } : { is: 'told', seconds };
};

/** How many there are, handed out or not; undefined where nobody says. */
export const fullOf = ({ visible, inFlight, delayed }: Depth): number | undefined =>
  visible === undefined ? undefined : visible + (inFlight ?? 0) + (delayed ?? 0);

/** How deep each queue was at each look, the oldest first. */
export type Samples = ReadonlyMap<string, readonly number[]>;

/** So many looks are kept: two minutes, at one every two seconds. */
export const MOST_SAMPLES = 60;

export const withSample = (samples: Samples, depths: readonly QueueDepth[]): Samples =>
  new Map(
    depths.map(({ name, ...depth }) => {
      const full = fullOf(depth);
      const before = samples.get(name) ?? [];
      return [name, full === undefined ? before : [...before, full].slice(-MOST_SAMPLES)];
    }),
  );

/**
 * A line of what was counted, in a box of such a size: the newest at the right, the deepest at the top.
 * @returns the points of an SVG polyline; empty where there are fewer than two
 */
export const sparkOf = (
  values: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): string => {
  if (values.length < 2) return '';
  const most = Math.max(1, ...values);
  const step = width / (MOST_SAMPLES - 1);
  return values
    .map((value, index) => {
      const x = width - (values.length - 1 - index) * step;
      return `${x.toFixed(1)},${(height - (value / most) * height).toFixed(1)}`;
    })
    .join(' ');
};
