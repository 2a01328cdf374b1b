/**
 * Several callers at once over one store, as shared/testing/scheduler.ts has it, and a hundred times as fast: most calls go
 * on at once, and only one that a die stops lets others go first. Nothing here waits for the event loop.
 */
import { StoreBusy } from '../../../shared/effects/store.ts';
import { type Dice, takeAt } from '../../../shared/testing/dice.ts';
import { ConnectionLost } from '../../../shared/testing/scheduler.ts';

/** Turns the calls of a port, all asynchronous, into gates: there an actor may stop, meet a fault, or die. */
export type Gate = <P extends object>(port: P) => P;

export interface Troubles {
  /** One call in so many lets others go first. */
  readonly stopsIn: number;
  /** One call in so many meets a fault; 0: none. */
  readonly faultIn: number;
}

/** How a life ended: with its work, with an error, or cut off. */
export type End = 'done' | 'died' | { readonly error: unknown };

interface Actor {
  readonly name: string;
  readonly ended: (end: End) => void;
  isDead: boolean;
  parked: number;
  /** Lets the driver go on: the actor stands at a gate, or has ended. */
  rest: () => void;
}

interface Parked {
  readonly actor: Actor;
  readonly goOn: () => void;
}

const FAULTS = ['busy', 'fails before', 'answer lost', 'crash before', 'crash after'] as const;

export interface Actors {
  /** Begins somebody's work, and resolves when it stands or has ended. */
  readonly start: (
    name: string,
    live: (gate: Gate) => Promise<unknown>,
    ended: (end: End) => void,
  ) => Promise<void>;
  /** How many stand at gates. */
  readonly standing: () => number;
  /** Lets one of them go on. */
  readonly goOn: () => Promise<void>;
  /** From now on nothing stops and nothing fails. */
  readonly calmDown: () => void;
}

export const actors = (
  luck: Dice,
  troubles: Troubles,
  note: (line: () => string) => void,
  whose: (name: string) => void,
): Actors => {
  let { stopsIn, faultIn } = troubles;
  const parked: Parked[] = [];

  const end = (actor: Actor, how: End) => {
    if (actor.isDead) return;
    actor.isDead = true;
    if (actor.parked > 0)
      for (let index = parked.length - 1; index >= 0; index -= 1)
        if (parked[index]?.actor === actor) takeAt(parked, index);
    note(() => `${actor.name} ${typeof how === 'string' ? how : `fails: ${String(how.error)}`}`);
    actor.ended(how);
    actor.rest();
  };

  const NEVER = new Promise<never>(() => undefined);

  const call = async (actor: Actor, name: string, perform: () => Promise<unknown>): Promise<unknown> => {
    if (actor.isDead) return NEVER;
    whose(actor.name);
    if (!luck.onceIn(faultIn)) return perform();
    const fault = luck.oneOf(FAULTS);
    note(() => `${actor.name}: ${name} (${fault})`);
    if (fault === 'busy' && name === 'transact') throw new StoreBusy({ reason: 'busy' });
    if (fault === 'busy' || fault === 'fails before') throw new ConnectionLost();
    if (fault !== 'crash before') await perform().catch(() => undefined);
    if (fault === 'answer lost') throw new ConnectionLost();
    end(actor, 'died');
    return NEVER;
  };

  const gateOf =
    (actor: Actor): Gate =>
    (port) =>
      Object.fromEntries(
        Object.entries(port).map(([name, effect]: [string, (...args: unknown[]) => Promise<unknown>]) => [
          name,
          (...args: unknown[]) => {
            const perform = () => effect(...args);
            if (actor.isDead || !luck.onceIn(stopsIn)) return call(actor, name, perform);
            return new Promise((resolve) => {
              actor.parked += 1;
              parked.push({ actor, goOn: () => resolve(call(actor, name, perform)) });
              actor.rest();
            });
          },
        ]),
      ) as typeof port;

  return {
    start(name, live, ended) {
      const actor: Actor = { name, ended, isDead: false, parked: 0, rest: () => undefined };
      const standing = new Promise<void>((resolve) => {
        actor.rest = resolve;
      });
      live(gateOf(actor)).then(
        () => end(actor, 'done'),
        (error: unknown) => end(actor, { error }),
      );
      return standing;
    },
    standing: () => parked.length,
    goOn() {
      const { actor, goOn } = takeAt(parked, luck.below(parked.length));
      actor.parked -= 1;
      const standing = new Promise<void>((resolve) => {
        actor.rest = resolve;
      });
      goOn();
      // With another call at a gate it may not come to one more before that goes on.
      return actor.parked > 0 ? Promise.resolve() : standing;
    },
    calmDown() {
      stopsIn = 0;
      faultIn = 0;
    },
  };
};
