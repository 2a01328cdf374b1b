/** Test help: a store and a bank whose calls may come late, or whose answers do not come at all. */
import type { EffectStore } from '../../shared/effects/index.ts';
import { ConnectionLost, type Gate } from '../../shared/testing/index.ts';
import type { Bank } from './domain/ports.ts';

/** What goes wrong on the way to the ports, beside the faults of the scheduler. */
export interface Weather {
  /** For each call of store and bank: how many moments after its caller has given up it arrives; 0 is at once. */
  readonly late: readonly number[];
  /** Every answer of this call of the bank is lost until the faults stop, and the call itself comes or not. */
  readonly outage: { readonly call: keyof Bank; readonly comes: 'never' | 'at once' | 'late' } | null;
}

/** Moments after which the last call of an outage arrives, if nobody lets it go first. */
const LATEST = 40;

/** Lets others go first so many times, or as often as they want to. */
export const moments = async (gate: Gate, count: number): Promise<void> => {
  const { wait } = gate({ wait: async () => undefined }, { calm: true });
  for (let n = 0; n < count; n += 1) await wait();
};

/** @param isCalm from then on every call comes and is answered */
export const unsteady = (
  { late, outage }: Weather,
  { store, bank, world, isCalm }: Ports,
): { readonly store: EffectStore; readonly bank: Bank } => {
  let sent = 0;
  /** A call that arrives when its caller has long given up: it is a caller of its own. */
  const later = (name: string, after: number, arrive: () => Promise<unknown>): never => {
    world.actor(`late ${name}`, async (gate) => {
      await moments(gate, after);
      await gate({ arrive }, { calm: true })
        .arrive()
        .catch(() => undefined);
      return undefined; // nobody hears what became of it
    });
    throw new ConnectionLost();
  };
  const mayComeLate =
    <A extends readonly unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      sent += 1;
      const after = late[sent] ?? 0;
      return isCalm() || after === 0 ? call(...args) : later(name, after, () => call(...args));
    };
  const mayBeOut =
    <A extends readonly unknown[], R>(name: keyof Bank, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const comes = !isCalm() && outage?.call === name ? outage.comes : undefined;
      if (comes === undefined) return mayComeLate(name, call)(...args);
      if (comes === 'late') return later(name, LATEST, () => call(...args));
      if (comes === 'at once') await call(...args);
      throw new ConnectionLost();
    };
  return {
    store: { ...store, transact: mayComeLate('write', store.transact) },
    bank: {
      learn: mayBeOut('learn', bank.learn),
      hold: mayBeOut('hold', bank.hold),
      capture: mayBeOut('capture', bank.capture),
      refund: mayBeOut('refund', bank.refund),
      release: mayBeOut('release', bank.release),
      learnDebit: mayBeOut('learnDebit', bank.learnDebit),
      debit: mayBeOut('debit', bank.debit),
      payBack: mayBeOut('payBack', bank.payBack),
    },
  };
};

interface Ports {
  readonly store: EffectStore;
  readonly bank: Bank;
  readonly world: { actor(name: string, live: (gate: Gate) => Promise<undefined>): void };
  readonly isCalm: () => boolean;
}
