import { errors, jwtVerify } from 'jose';
import * as z from 'zod';
import { ISSUER } from '../../identity/contract.ts';
import type { KeyById } from './keys.ts';

/** A token that is worth nothing, and why: for the log. The caller learns only that it is not let in. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

const Claims = z.object({ sub: z.string().min(1), roles: z.array(z.string()).min(1) });
export type Claims = z.infer<typeof Claims>;

/** Clocks of two machines differ by so much at most. */
const TOLERANCE_SECONDS = 5;

/**
 * What a token says, if identity signed it, for this audience, and its time has come and not passed.
 *
 * @throws {TokenRefused} it is not so
 * @throws {Error} identity's keys could not be read; a retry can help
 */
export const claimsOf = async (
  token: string,
  { audience, keys, now }: { audience: string; keys: KeyById; now: () => Date },
): Promise<Claims> => {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await keys(kid);
        if (key === undefined) throw new TokenRefused('signed with a key that is not known');
        return key;
      },
      {
        issuer: ISSUER,
        audience,
        algorithms: ['ES256'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: now(),
      },
    );
    const claims = Claims.safeParse(payload);
    if (!claims.success) throw new TokenRefused('without subject or roles');
    return claims.data;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new TokenRefused(error.code, { cause: error });
    throw error;
  }
};
