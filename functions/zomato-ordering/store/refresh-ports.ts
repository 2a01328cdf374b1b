import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { env, secretsClient } from '../../../shared/aws/index.ts';
import type { RefreshTokens } from '../domain/ports.ts';
import { refreshTokens } from './refresh-tokens.ts';

/** Of the secret that REFRESH_SECRET_ARN names. */
export const refreshPorts = (): { readonly refreshTokens: RefreshTokens } => ({
  refreshTokens: refreshTokens(secretNamed(env('REFRESH_SECRET_ARN'))),
});

/** Read on first use and remembered by the process; a read that fails is made again by the next call. */
const secretNamed = (secretId: string): (() => Promise<string>) => {
  let known: string | undefined;
  return async () => {
    if (known === undefined) {
      const { SecretString } = await secretsClient().send(new GetSecretValueCommand({ SecretId: secretId }));
      if (!SecretString) throw new TypeError('the secret of refresh tokens is empty');
      known = SecretString;
    }
    return known;
  };
};
