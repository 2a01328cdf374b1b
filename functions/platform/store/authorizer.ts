import { peer } from '../../../shared/aws/index.ts';
import { client } from '../../../shared/http/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { routes } from '../../identity/contract.ts';
import { type KeyById, keysFrom } from './keys.ts';

export interface AuthorizerPorts {
  readonly keys: KeyById;
  readonly now: Now;
}

/** API Gateway waits for an authorizer as the caller does: better an error soon than an answer late. */
const DEADLINE_MS = 3_000;

/** Keys from identity's door, which is public; its address is in SSM. */
export const authorizerPorts = (): AuthorizerPorts => {
  const { jwks } = client(
    { baseUrl: () => peer('identity'), peer: 'identity', deadlineMs: DEADLINE_MS },
    { jwks: routes.jwks },
  );
  return {
    keys: keysFrom({ read: async () => (await jwks()).body.keys, now: Date.now }),
    now: () => new Date(),
  };
};
