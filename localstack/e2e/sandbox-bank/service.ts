import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { routes as identityRoutes } from '../../../functions/identity/contract.ts';
import { routes as bankRoutes } from '../../../functions/sandbox-bank/contract.ts';
import { client } from '../../../shared/http/index.ts';
import { clientSecretName } from '../../../stacks/constructs/system-stack.ts';
import type { CityFile } from '../../cloud/city.ts';
import { credentials } from '../city.ts';

/**
 * The bank's doors as one of our systems sees them, with that system's own secret. Each call is one attempt: what the
 * bank says first is what a test asks for.
 */
export const bankAs = (system: string, { endpoint, region, systems }: CityFile) => {
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  const baseUrl = (peer: string) => systems[peer]?.url ?? '';
  const identity = client({ baseUrl: baseUrl('identity'), peer: 'identity' }, identityRoutes);
  const token = async (): Promise<string> => {
    const { SecretString: secret = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: clientSecretName(system) }),
    );
    const { body } = await identity.token({ body: { client: system, secret, audience: 'sandbox-bank' } });
    return body.accessToken;
  };
  const bank = client(
    { baseUrl: baseUrl('sandbox-bank'), peer: 'sandbox-bank', token, attempts: 1 },
    bankRoutes,
  );
  return bank;
};
