/** Identity, which gives our customers their tokens. */
import { peer, serviceToken } from '../../shared/aws/index.ts';
import { client } from '../../shared/http/index.ts';
import { issueRoutes } from '../identity/contract.issue.ts';
import type { AccessTokens } from './domain/ports.ts';

const identity = client(
  {
    ...{ baseUrl: () => peer('identity'), peer: 'identity' },
    token: (refused) => serviceToken('identity', refused),
  },
  issueRoutes,
);

export const accessTokens = (): AccessTokens => async (customer) => {
  const { body } = await identity.issue({
    body: { subject: customer, roles: ['customer'], audience: 'zomato-ordering' },
  });
  return body;
};
