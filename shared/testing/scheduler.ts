/**
 * The deterministic scheduler: several callers at once over ports in memory, and one list of numbers that decides,
 * at every call of a port, who goes on and what goes wrong. The same numbers give the same run, so a property that
 * fails shrinks to a short story, and {@link Schedule.verify} tells it.
 */

/** What can happen to a call of a port. */
export type Fault =
  /** The call fails and had no effect. */
  | 'fails before'
  /** The effect happens, the answer never arrives; the caller sees the same error as before. */
  | 'answer lost'
  /** The caller dies before the call. It is started anew some time later. */
  | 'crash before'
  /** The caller dies after the effect. */
  | 'crash after'
  /** The effect happens twice, and the second answer arrives. */
  | 'delivered twice';

export const everyFault: readonly Fault[] = [
  'fails before',
  'answer lost',
  'crash before',
  'crash after',
  'delivered twice',
];

/** Turns every call of a port into a gate. The port's functions must all be asynchronous. */
export type Gate = <P extends object>(port: P, options?: { readonly calm?: boolean }) => P;

/** How one life of a caller ended. A life that was cut off by a crash leaves no outcome. */
export type Outcome<T> = { readonly actor: string } & ({ readonly value: T } | { readonly error: unknown });

export interface ScheduleOptions {
  /** Each number decides one thing, 0 always the plainest: the same caller goes on, nothing goes wrong. */
  readonly choices: readonly number[];
  /** @default every one */
  readonly faults?: readonly Fault[];
  /** One call in so many meets a fault of each kind, roughly. @default 16 */
  readonly faultIn?: number;
  /** Whether a caller that ended with this error comes again, like a message or a step that is retried.
   * @default by the error's own `retryable` */
  readonly comesAgain?: (error: unknown) => boolean;
  /** @default 2000 */
  readonly mostSteps?: number;
}

export interface Schedule<T> {
  /** Adds a caller: `live` is what it does from its start; a new life starts from scratch, with a gate of its own. */
  actor(name: string, live: (gate: Gate) => Promise<T>): void;
  /**
   * Runs until every caller has ended for good.
   *
   * @throws {Error} a caller waits for something that is no gate, or the run does not end
   */
  run(): Promise<readonly Outcome<T>[]>;
  /** Runs the checks of a test; when one fails, its message tells the steps that led there. */
  verify(checks: () => void): void;
}

/** The error of a call that failed or whose answer was lost. The caller cannot know which. */
export class ConnectionLost extends Error {
  override readonly name = 'TimeoutError';
  readonly code = 'ECONNRESET';
}

interface Call {
  readonly actor: Actor;
  readonly label: string;
  readonly calm: boolean;
  readonly perform: () => Promise<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Actor {
  readonly name: string;
  readonly start: () => void;
  /** Raised by a crash, so that calls of the life before are nobody's. */
  life: number;
  state: 'waiting to start' | 'alive' | 'ended';
}

export const schedule = <T>(options: ScheduleOptions): Schedule<T> => {
  const { choices, faults = everyFault, faultIn = 16, comesAgain = isRetryable, mostSteps = 2_000 } = options;
  let chosen = 0;
  const choose = (bound: number): number => {
    const choice = choices[chosen] ?? 0;
    chosen += 1;
    return choice % bound;
  };

  const actors: Actor[] = [];
  const outcomes: Outcome<T>[] = [];
  const steps: (readonly [actor: string, label: string, fault?: Fault])[] = [];
  let calls: Call[] = [];
  let last: Actor | undefined;

  const gateOf =
    (actor: Actor): Gate =>
    (port, { calm = false } = {}) => {
      const { life } = actor;
      const gated = Object.entries(port).map(
        ([name, effect]: [string, (...args: unknown[]) => Promise<unknown>]) => [
          name,
          (...args: unknown[]) =>
            new Promise<unknown>((resolve, reject) => {
              // A dead caller's leftovers (a second branch of a Promise.all) reach no port any more.
              if (actor.life !== life) return;
              calls.push({ actor, label: name, calm, perform: () => effect(...args), resolve, reject });
            }),
        ],
      );
      return Object.fromEntries(gated);
    };

  const crash = (actor: Actor): void => {
    actor.life += 1;
    actor.state = 'waiting to start';
    calls = calls.filter((call) => call.actor !== actor);
  };

  const answer = async (call: Call, fault: Fault | undefined): Promise<void> => {
    const { actor, perform, resolve, reject } = call;
    if (fault === 'fails before') return reject(new ConnectionLost());
    if (fault === 'crash before') return crash(actor);
    if (fault !== undefined) await perform().catch(() => undefined);
    if (fault === 'crash after') return crash(actor);
    if (fault === 'answer lost') return reject(new ConnectionLost());
    await perform().then(resolve, reject);
  };

  const step = async (): Promise<boolean> => {
    const waiting = actors.filter(({ state }) => state === 'waiting to start');
    // The caller that went last comes first, so that a list of zeros is one caller after the other.
    const own = calls.filter(({ actor }) => actor === last);
    const others = calls.filter(({ actor }) => actor !== last);
    const moves: readonly (Call | Actor)[] = [...own, ...others, ...waiting];
    const move = moves[moves.length > 1 ? choose(moves.length) : 0];
    if (move === undefined) return false;
    if ('start' in move) {
      steps.push([move.name, 'starts']);
      last = move;
      move.start();
      return true;
    }
    const fault =
      move.calm || faults.length === 0 ? undefined : faults[choose(Math.max(faultIn, faults.length + 1)) - 1];
    steps.push(fault === undefined ? [move.actor.name, move.label] : [move.actor.name, move.label, fault]);
    last = move.actor;
    calls = calls.filter((call) => call !== move);
    await answer(move, fault);
    return true;
  };

  const story = (): string =>
    steps
      .map(([actor, label, fault]) => `  ${actor}: ${label}${fault === undefined ? '' : ` (${fault})`}`)
      .join('\n');

  return {
    actor(name, live) {
      const actor: Actor = {
        name,
        life: 0,
        state: 'waiting to start',
        start() {
          const { life } = actor;
          actor.state = 'alive';
          const ended = (outcome: Outcome<T>, again: boolean) => {
            if (actor.life !== life) return;
            actor.state = again ? 'waiting to start' : 'ended';
            outcomes.push(outcome);
          };
          live(gateOf(actor)).then(
            (value) => ended({ actor: name, value }, false),
            (error: unknown) => ended({ actor: name, error }, comesAgain(error)),
          );
        },
      };
      actors.push(actor);
    },

    async run() {
      while (await step()) {
        if (steps.length > mostSteps) throw new Error(`No end after ${mostSteps} steps:\n${story()}`);
        await nothingMoves();
      }
      const stuck = actors.filter(({ state }) => state !== 'ended').map(({ name }) => name);
      if (stuck.length > 0) throw new Error(`${stuck} waits for something that is no gate:\n${story()}`);
      return outcomes;
    },

    verify(checks) {
      try {
        checks();
      } catch (caught) {
        const message = caught instanceof Error ? caught.message : String(caught);
        throw new Error(`${message}\nThe steps were:\n${story()}`, { cause: caught });
      }
    },
  };
};

const isRetryable = (error: unknown): boolean =>
  error instanceof Error && 'retryable' in error && error.retryable === true;

/** Resolves when every promise that can go on has gone on: immediates run after all microtasks. */
const nothingMoves = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
