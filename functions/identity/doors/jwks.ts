import { restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type KeyPorts, keyPorts } from '../store/ports.ts';

/** The public half of the signing key. Whoever reads it keeps it, and reads again for a key that it does not know. */
export const jwks =
  ({ key }: KeyPorts) =>
  async () => {
    const { publicJwk } = await key();
    return { status: 200, body: { keys: [publicJwk] } } as const;
  };

export const handler = restHandler({ route: routes.jwks, handle: jwks, ports: keyPorts });
