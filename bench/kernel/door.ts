/** A door as the city has them, small but with every part: a body, a path, roles, an answer that is checked. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';

export const route = defineRoute({
  name: 'fill-wallet',
  method: 'POST',
  path: '/wallets/{wallet}',
  summary: 'Fills a wallet.',
  access: { roles: ['customer'] },
  idempotent: 'key',
  request: {
    path: z.object({ wallet: z.string().max(60) }),
    body: z.strictObject({ amount: z.int().min(1) }),
  },
  answers: { 200: z.object({ wallet: z.string(), balance: z.int() }) },
  errors: [],
});
