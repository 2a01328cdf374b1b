/** The doors of wallets, and of what is brought into them. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { positivePaise } from '../../shared/money/index.ts';
import { page, paging } from './contract.paging.ts';
import { TopUpView, UserId, WalletView } from './contract.views.ts';

export const walletRoutes = {
  topUpWallet: defineRoute({
    name: 'top-up-wallet',
    method: 'POST',
    path: '/wallets/{userId}/top-ups',
    summary: 'Brings money from the user’s bank account into the wallet.',
    access: { roles: ['customer'] },
    idempotent: 'key',
    request: { path: z.object({ userId: UserId }), body: z.strictObject({ amount: positivePaise }) },
    answers: { 201: TopUpView },
    errors: ['PaymentDeclinedError', 'WalletLimitError', 'WalletLoadLimitError'],
  }),
  listTopUps: defineRoute({
    name: 'list-top-ups',
    method: 'GET',
    path: '/top-ups',
    summary: 'The top-ups that need attention, the oldest first.',
    access: { roles: ['operator'] },
    request: { query: z.object(paging) },
    answers: { 200: page(TopUpView) },
    errors: [],
  }),
  getWallet: defineRoute({
    name: 'get-wallet',
    method: 'GET',
    path: '/wallets/{userId}',
    summary: 'The balance of a wallet.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ userId: UserId }) },
    answers: { 200: WalletView },
    errors: [],
  }),
  listWallets: defineRoute({
    name: 'list-wallets',
    method: 'GET',
    path: '/wallets',
    summary: 'Every wallet with its stored balance, for whoever checks the books.',
    access: { roles: ['operator'] },
    request: { query: z.object({ ...paging, shard: z.coerce.number().int().min(0).max(3) }) },
    answers: { 200: page(WalletView) },
    errors: [],
  }),
} as const;
