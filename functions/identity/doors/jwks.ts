import { restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type KeyPorts, keyPorts } from '../store/ports.ts';

/** The public half of the signing key. Whoever reads it may keep it for five minutes. */
export const jwks =
  ({ key }: KeyPorts) =>
  async () => {
    const { publicJwk } = await key();
    const headers = { 'cache-control': 'public, max-age=300' };
    return { status: 200, body: { keys: [publicJwk] }, headers } as const;
  };

export const handler = restHandler({ route: routes.jwks, handle: jwks, ports: keyPorts });
