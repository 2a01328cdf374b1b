import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { routes } from '../../functions/identity/contract.ts';
import { client } from '../../shared/http/index.ts';
import { clientSecretName } from '../../stacks/constructs/system-stack.ts';
import type { CityFile } from '../cloud/city.ts';
import type { Who } from '../story/stage.ts';
import { credentials } from './city.ts';

/** One of our systems as a caller: its own secret is exchanged for a token, as the system itself does it. */
export const serviceOf = (system: string, { endpoint, region, systems }: CityFile): Who => {
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  const identity = client({ baseUrl: systems.identity?.url ?? '', peer: 'identity' }, routes);
  return async (audience) => {
    const { SecretString: secret = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: clientSecretName(system) }),
    );
    return (await identity.token({ body: { client: system, secret, audience } })).body.accessToken;
  };
};
