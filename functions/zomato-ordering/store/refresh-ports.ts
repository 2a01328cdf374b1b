import { env, secretOnce, secretsClient } from '../../../shared/aws/index.ts';
import type { RefreshTokens } from '../domain/ports.ts';
import { refreshTokens } from './refresh-tokens.ts';

/** Of the secret that REFRESH_SECRET_ARN names. */
export const refreshPorts = (): { readonly refreshTokens: RefreshTokens } => ({
  refreshTokens: refreshTokens(secretOnce(secretsClient(), env('REFRESH_SECRET_ARN'), 'refresh tokens')),
});
