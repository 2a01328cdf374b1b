/** What the use cases get: the store through gates, with whatever is planted into it. */
import type { EffectStore, Surroundings } from '../../../shared/effects/index.ts';
import type { Cashier, LinePorts } from '../domain/ports.ts';
import { lineOn } from '../store/in-line.ts';
import type { Gate } from './actors.fixture.ts';
import type { RushStore } from './store.fixture.ts';

export type RushPorts = LinePorts & {
  readonly cashier: Cashier;
  readonly pause: (ms: number) => Promise<unknown>;
};

/** A rule that is broken. */
export interface Defect {
  readonly store?: (store: EffectStore) => EffectStore;
  readonly ports?: (ports: LinePorts) => LinePorts;
  readonly cashier?: (cashier: Cashier) => Cashier;
  /** Each request is a line of its own. */
  readonly unordered?: boolean;
}

const same = <T>(one: T): T => one;

export const portsOn = (
  gate: Gate,
  {
    store: { transact, get, query },
    around,
    cashier: cash,
    defect: { store = same, ports = same, cashier = same },
  }: { store: RushStore; around: Surroundings; cashier: Cashier; defect: Defect },
): RushPorts => ({
  ...ports(lineOn(store(gate({ transact, get, query })), around)),
  cashier: cashier(gate(cash)),
  pause: around.pause,
});
