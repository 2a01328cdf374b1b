/**
 * The one authorizer of the city: a REQUEST authorizer of REST APIs. It is no house handler, because what it answers
 * is not an answer to the caller but a policy for API Gateway.
 */
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { UnexpectedError } from '../../../shared/errors/index.ts';
import {
  correlationIdOf,
  invoked,
  type LambdaContext,
  onceReady,
} from '../../../shared/lambda/invocation.ts';
import { logger } from '../../../shared/logging/index.ts';
import { bearerOf, headerOf, type Policy, policyFor } from '../domain/policy.ts';
import { type AuthorizerPorts, authorizerPorts } from '../store/authorizer.ts';
import { claimsOf, TokenRefused } from '../store/tokens.ts';

/** What is read of API Gateway's event. */
export type AuthorizerEvent = Pick<APIGatewayRequestAuthorizerEvent, 'methodArn' | 'headers'> & {
  /** `system` is the audience that a token must be for. */
  readonly stageVariables: { readonly [name: string]: string | undefined } | null;
};

/**
 * Who calls, and that they may come in; which doors are open to them is for the doors to say.
 * @throws {Error} `Unauthorized`, which API Gateway makes a 401: no token, or one that is worth nothing here
 * @throws {HouseError} it could not find out: API Gateway makes it a 500, and a retry can help
 */
export const authorize =
  ({ keys, now }: AuthorizerPorts) =>
  async ({ methodArn, headers, stageVariables }: AuthorizerEvent): Promise<Policy> => {
    const audience = stageVariables?.system;
    if (!audience) throw new UnexpectedError({ reason: 'stage_without_system' });
    try {
      const token = bearerOf(headers);
      if (token === undefined) throw new TokenRefused('no bearer token');
      const { sub, roles } = await claimsOf(token, { audience, keys, now });
      return policyFor(methodArn, sub, roles);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      logger().warn('a caller was refused', { audience, reason: error.message });
      throw new Error('Unauthorized', { cause: error });
    }
  };

const ready = onceReady(() => authorize(authorizerPorts()));

export const handler = (event: AuthorizerEvent, lambda: LambdaContext): Promise<Policy> =>
  invoked(
    lambda,
    {
      correlationId: correlationIdOf(headerOf(event.headers, 'x-correlation-id')),
      span: { name: 'authorize', kind: 'server', parent: headerOf(event.headers, 'traceparent') },
    },
    async () => ({ answer: await ready()(event) }),
  );
