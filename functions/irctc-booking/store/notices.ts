import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import {
  absent,
  type EffectStore,
  type Item,
  put,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { ChangesRefused } from '../../../shared/effects/store.ts';
import type { Notice } from '../domain/noticing.ts';
import type { Notices } from '../domain/ports.ts';
import { noticeKey } from './keys.ts';

/** As long as whoever travelled may want to look. */
const KEPT_MS = 120 * 86_400_000;

export const notices = (store: EffectStore): Notices => ({
  async send(notice) {
    const key = noticeKey(notice);
    const expiresAt = Math.floor((Date.parse(notice.at) + KEPT_MS) / 1000);
    try {
      const once = when(absent(), () => new VersionConflictError({ expected: 0, found: null }));
      await store.transact([put(key, { ...notice, expiresAt } as unknown as Item, once)]);
      return true;
    } catch (error) {
      if (error instanceof ChangesRefused) return false;
      throw error;
    }
  },
  async ofBooking(booking, { cursor, limit }) {
    const from = cursor === undefined ? {} : { from: cursor };
    const { pk } = noticeKey({ booking, at: '', event: '', channel: 'sms' });
    const { items, next } = await store.query({ pk, limit, ...from });
    return { items: items.map(noticeIn), ...(next === undefined ? {} : { next }) };
  },
});

const noticeIn = ({ pk: _, sk: __, expiresAt: ___, ...notice }: Item): Notice => notice as unknown as Notice;

/** In the table that NOTICES_TABLE names. */
export const noticePorts = (): { readonly notices: Notices } => ({
  notices: notices(dynamoStore({ client: documentClient(), table: env('NOTICES_TABLE'), indexes: {} })),
});
