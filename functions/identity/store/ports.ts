import { env, secretsClient } from '../../../shared/aws/index.ts';
import { uuidV7 } from '../../../shared/ids/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { clientSecrets, type KnowsClient, keyVault } from './secrets.ts';
import { type SigningKey, signingKey } from './signing-key.ts';

export interface KeyPorts {
  readonly key: () => Promise<SigningKey>;
}

export interface IssuePorts extends KeyPorts {
  readonly now: Now;
}

export interface TokenPorts extends IssuePorts {
  readonly knows: KnowsClient;
}

export const keyPorts = (): KeyPorts => ({
  key: signingKey(keyVault({ client: secretsClient(), secretId: env('SIGNING_KEY_SECRET'), ids: uuidV7 })),
});

export const issuePorts = (): IssuePorts => ({ ...keyPorts(), now: () => new Date() });

export const tokenPorts = (): TokenPorts => ({ ...issuePorts(), knows: clientSecrets(secretsClient()) });
