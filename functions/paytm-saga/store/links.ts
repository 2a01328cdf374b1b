import {
  absent,
  atLeast,
  type Change,
  check,
  type EffectStore,
  type Item,
  missing,
  present,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Paise } from '../../../shared/money/index.ts';
import type { LinkId } from '../contract.ts';
import { LinkNotUsableError } from '../domain/errors.ts';
import type { Link } from '../domain/link.ts';
import { linkKey } from './keys.ts';

const notFound = (id: LinkId) => () => new NotFoundError({ what: 'link', id });

export const linkMade = (link: Link): Change =>
  put(linkKey(link.id), { ...link } as unknown as Item, when(absent(), notFound(link.id)));

export const linkEnded = (id: LinkId, at: string): Change =>
  update(linkKey(id), { set: { endedAt: at } }, when(present(), notFound(id)));

/**
 * The look at a link in the transaction that accepts a payment by it: of a payment and the end of its link at the same
 * moment one is first, and where that is the end, nothing is accepted.
 */
export const linkAllows = ({ id, upTo }: Pick<Link, 'id' | 'upTo'>, amount: Paise): Change =>
  check(
    linkKey(id),
    when(missing('endedAt'), () => new LinkNotUsableError({ link: id, because: 'ended', upTo })),
    when(atLeast('upTo', amount), () => new LinkNotUsableError({ link: id, because: 'amount', upTo })),
  );

export interface Links {
  /** @throws {NotFoundError} there is no such link */
  load(id: LinkId): Promise<Link>;
}

export const links = (store: EffectStore): Links => ({
  async load(id) {
    const found = await store.get(linkKey(id));
    if (!found) throw notFound(id)();
    return found as unknown as Link;
  },
});
