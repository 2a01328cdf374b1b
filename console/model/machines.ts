/** Which machine runs a thing, told by the names of both. */
import type { SystemView } from '../../functions/console/contract.ts';

/**
 * The machine of a system that runs the sagas of a kind: `paytm-saga-payment` for `payment_…`, whose executions are
 * `payment_….1` and so on. Undefined where the system has none of that name.
 */
export const machineOf = (
  systems: readonly Pick<SystemView, 'name' | 'machines'>[],
  system: string,
  thing: string,
): string | undefined => {
  const name = `${system}-${thing.split('_', 1)[0]}`;
  return systems.find((one) => one.name === system)?.machines.find((machine) => machine === name);
};

/** The machine that runs a thing, whichever system tells of it: a bank may speak of the payment of another system. */
export const machineOfAny = (
  systems: readonly Pick<SystemView, 'name' | 'machines'>[],
  thing: string,
): string | undefined => {
  const found = systems.flatMap(({ name }) => machineOf(systems, name, thing) ?? []);
  return found.length === 1 ? found[0] : undefined;
};

/** What an execution is of: `payment_…` of `payment_….1`. */
export const thingOf = (run: string): string => run.replace(/\.\d+$/, '');
