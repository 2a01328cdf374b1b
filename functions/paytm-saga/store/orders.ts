/** What a top-up and a refund have in common: each is recorded first, and the sweeper brings it to its end. */
import {
  type Change,
  equals,
  type Guard,
  type Key,
  missing,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NothingToResumeError } from '../domain/errors.ts';
import type { Resumption } from '../domain/payment.ts';
import { type Open, openSince } from './keys.ts';

/** Who let an order go on after it had needed attention. */
type OrderResumption = Omit<Resumption, 'execution'>;

interface Order {
  readonly id: string;
  readonly createdAt: string;
  readonly resumptions?: readonly OrderResumption[];
}

/** The sweeper has tried in vain. */
export const orderTried = (key: Key, tries: number, underWay: Guard): Change =>
  update(key, { set: { tries } }, underWay);

/** A person has to look: out of the sweeper's sight, and among those of a kind that need attention. */
export const orderSetAside = (
  key: Key,
  found: { readonly kind: Open; readonly id: string; readonly attention: string; readonly at: string },
  underWay: Guard,
): Change => {
  const { kind, id, attention, at } = found;
  return update(key, { set: { status: 'needs_attention', attention, ...openSince(kind, id, at) } }, underWay);
};

/** A person has looked, and the sweeper tries again; who comes second with the same resumptions is refused. */
export const orderResumed = (
  key: Key,
  kind: Open,
  { id, createdAt, resumptions = [] }: Order,
  resumption: OrderResumption,
): Change => {
  const kept = resumptions.map((one) => ({ ...one }));
  const notWaiting = (found: { readonly status?: unknown } | undefined) =>
    new NothingToResumeError({ subject: id, status: String(found?.status) });
  return update(
    key,
    {
      set: {
        ...{ status: 'in_progress', tries: 0, resumptions: [...kept, { ...resumption }] },
        ...openSince(kind, id, createdAt),
      },
      remove: ['attention'],
    },
    when(equals('status', 'needs_attention'), notWaiting),
    when(kept.length === 0 ? missing('resumptions') : equals('resumptions', kept), notWaiting),
  );
};
