import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * A secret of Secrets Manager: read on first use, and remembered by the process. A read that fails is made again by the
 * next call.
 *
 * @param secretId its ARN or name
 * @param what whose it is, for the error: `callbacks`
 * @throws {TypeError} from the reader: the secret is empty; a retry helps once it is not
 */
export const secretOnce = (
  client: Pick<SecretsManagerClient, 'send'>,
  secretId: string,
  what: string,
): (() => Promise<string>) => {
  let known: string | undefined;
  return async () => {
    if (known === undefined) {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      // Whoever signs with nothing signs for everybody.
      if (!SecretString) throw new TypeError(`the secret of ${what} is empty`);
      known = SecretString;
    }
    return known;
  };
};
