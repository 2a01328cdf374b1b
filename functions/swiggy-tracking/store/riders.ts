/** Riders, as an operator has registered them. What is said last counts. */
import { type EffectStore, put } from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import type { RiderProfile, RiderView } from '../contract.ts';
import type { RiderName } from '../contract.views.ts';
import { riderKey } from './keys.ts';

export interface Riders {
  register(id: string, profile: RiderProfile): Promise<RiderView>;
  /** @throws {NotFoundError} nobody is registered by this id */
  load(id: string): Promise<RiderView>;
  /** What others read of a rider; the id alone of one who is not registered. */
  named(id: string): Promise<RiderName>;
}

export const riders = ({ store, now }: { readonly store: EffectStore; readonly now: Now }): Riders => {
  const find = async (id: string): Promise<RiderView | undefined> => {
    const found = await store.get(riderKey(id));
    if (!found) return undefined;
    const { name, phone, vehicle } = found as unknown as RiderProfile; // written by register alone
    return { id, name, phone, vehicle };
  };
  return {
    async register(id, profile) {
      await store.transact([put(riderKey(id), { ...profile, registeredAt: now().toISOString() })]);
      return { id, ...profile };
    },
    async load(id) {
      const found = await find(id);
      if (!found) throw new NotFoundError({ what: 'rider', id });
      return found;
    },
    async named(id) {
      const { name, vehicle } = (await find(id)) ?? {};
      return { id, ...(name === undefined ? {} : { name }), ...(vehicle === undefined ? {} : { vehicle }) };
    },
  };
};
