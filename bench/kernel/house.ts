/** The same with the whole house: a door that commits its effect once, on the table. */
import { documentClient, env } from '../../shared/aws/index.ts';
import { dynamoStore } from '../../shared/effects/dynamo-store.ts';
import { type Effects, effects, update } from '../../shared/effects/index.ts';
import { uuidV7 } from '../../shared/ids/index.ts';
import { restHandler } from '../../shared/lambda/index.ts';
import { pause } from '../../shared/time/index.ts';
import { remainingMs } from '../../shared/tracing/index.ts';
import { route } from './door.ts';

export const handler = restHandler({
  route,
  handle:
    ({ commit }: Effects) =>
    async ({ path: { wallet }, body: { amount }, idempotencyKey }) => {
      const { answer } = await commit({
        effect: { owner: wallet, name: idempotencyKey },
        changes: [update({ pk: wallet, sk: 'wallet' }, { add: { balance: amount } })],
        answer: { wallet, balance: amount },
      });
      return { status: 200, body: answer } as const;
    },
  ports: () =>
    effects({
      store: dynamoStore({ client: documentClient(), table: env('TABLE') }),
      now: () => new Date(),
      ids: uuidV7,
      chance: Math.random,
      deadline: remainingMs,
      pause,
    }),
});
