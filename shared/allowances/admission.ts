/** Whether a caller may now, and how that is told: `RateLimit` fields as the IETF's draft has them, on every answer. */
import { createHash } from 'node:crypto';
import { TooManyRequestsError } from '../errors/index.ts';
import type { Admission, Caller } from '../http/index.ts';
import type { Allowance, Allowances, Spent } from './allowance.ts';

/** What of a request says who it is. */
export interface Asker {
  readonly caller?: Pick<Caller, 'subject' | 'roles'> | undefined;
  readonly client: string;
}

/** Somebody with a token by that; everybody else by the address they come from. */
const whoOf = ({ caller, client }: Asker): string => caller?.subject ?? hashed(client);

/** An address, or an e-mail, names a person: neither is kept. */
export const hashed = (personal: string): string =>
  createHash('sha256').update(personal).digest('base64url').slice(0, 22);

export interface Wanted<R> {
  readonly allowance: Allowance;
  /** @default whoever asks */
  readonly who?: (request: R) => string;
}

/** People are counted. Our own systems are many people's, and an operator has work to do: the gateway bounds both. */
const isCounted = ({ caller }: Asker): boolean =>
  !caller?.roles.some((role) => role === 'service' || role === 'operator');

/** Spends one of each allowance. The tightest is told of, and refuses where nothing is left of it. */
export const admission =
  <R extends Asker>({ allowances }: { readonly allowances: Allowances }, wanted: readonly Wanted<R>[]) =>
  async (request: R): Promise<Admission> => {
    if (!isCounted(request)) return { headers: {} };
    const all = await Promise.all(
      wanted.map(async ({ allowance, who = whoOf }) => ({
        allowance,
        spent: await allowances.spend(allowance, who(request)),
      })),
    );
    const [tightest = all[0]] = all.toSorted((a, b) => rank(a.spent) - rank(b.spent));
    if (!tightest) return { headers: {} };
    const { allowance, spent } = tightest;
    const headers = headersOf(allowance, spent);
    if (spent.allowed) return { headers };
    const { name, quota, seconds } = allowance;
    const refused = new TooManyRequestsError(
      { allowance: name, quota, seconds },
      { retryAfterSeconds: spent.resetSeconds },
    );
    return { headers, refused };
  };

const rank = ({ allowed, left }: Spent): number => (allowed ? left + 1 : 0);

const headersOf = ({ name, quota, seconds }: Allowance, { left, resetSeconds }: Spent) => ({
  'RateLimit-Policy': `"${name}";q=${quota};w=${seconds}`,
  RateLimit: `"${name}";r=${left};t=${resetSeconds}`,
});
