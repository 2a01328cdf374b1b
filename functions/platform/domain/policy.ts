/** What the authorizer answers API Gateway. Pure. */
import type { AuthorizerContext } from '../contract.ts';

export interface Policy {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly [
      { readonly Action: string; readonly Effect: 'Allow'; readonly Resource: string },
    ];
  };
  readonly context: AuthorizerContext;
}

/**
 * Lets a caller into the whole API, on this stage. API Gateway keeps the answer under the token alone, so a policy
 * for one method would refuse the next one; what the caller may do there is for each door to say, by its roles.
 *
 * @param methodArn `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`
 */
export const policyFor = (methodArn: string, subject: string, roles: readonly string[]): Policy => {
  const [api, stage] = methodArn.split('/');
  return {
    principalId: subject,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${api}/${stage}/*` }],
    },
    context: { subject, roles: roles.join(',') },
  };
};

type Headers = { readonly [name: string]: string | undefined } | null;

/** A header, whatever the case in which its name came. @param name in lower case */
export const headerOf = (headers: Headers, name: string): string | undefined =>
  Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];

/** The token of the `Authorization` header, whatever the case of its scheme. */
export const bearerOf = (headers: Headers): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headerOf(headers, 'authorization') ?? '')?.[1];
