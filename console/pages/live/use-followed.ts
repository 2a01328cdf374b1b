/** The order that is looked at, as it goes on. */
import { useEffect, useRef, useState } from 'react';
import type { OrderId } from '../../../functions/zomato-ordering/contract.views.ts';
import { followOrder, type How } from '../../city/follow.ts';
import { followPorts } from '../../city/live-orders.ts';
import { type Feed, haveOf, NOTHING, told } from '../../model/live-order.ts';
import { useLanguage } from '../../words/language.tsx';
import { useVisible } from './use-visible.ts';

export interface Followed {
  readonly feed: Feed;
  readonly how: How;
  /** It cannot be followed. */
  readonly refused?: Error;
}

const AT_FIRST: Followed = { feed: NOTHING, how: 'connecting' };

/** Follows an order while the page is seen; whoever comes back gets what was missed. */
export const useFollowed = (order: OrderId | undefined): Followed => {
  // Its words come in the language that was asked for, so another language is another log.
  const { language } = useLanguage();
  const visible = useVisible();
  const known = useRef({ key: '', followed: AT_FIRST });
  const [shown, setShown] = useState(AT_FIRST);
  useEffect(() => {
    const key = order === undefined ? '' : `${order} ${language}`;
    const show = (change: Partial<Followed>) => {
      known.current = { key, followed: { ...known.current.followed, ...change } };
      setShown(known.current.followed);
    };
    if (known.current.key !== key) {
      known.current = { key, followed: AT_FIRST };
      setShown(AT_FIRST);
    }
    if (order === undefined || !visible) return undefined;
    return followOrder(
      {
        order,
        from: haveOf(known.current.followed.feed),
        onTold: (what) => show({ feed: told(known.current.followed.feed, what) }),
        onHow: (how) => show({ how }),
        onRefused: (refused) => show({ refused }),
      },
      followPorts(order),
    );
  }, [order, language, visible]);
  return shown;
};
