/** What identity keeps in Secrets Manager: its own signing key, and the secrets by which clients are known. */
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { undefinedFor } from '../../../shared/aws/index.ts';
import { UnexpectedError } from '../../../shared/errors/index.ts';
import type { Ids } from '../../../shared/ids/index.ts';
import type { SystemName } from '../contract.ts';
import type { KeyVault } from './signing-key.ts';

/** What Secrets Manager says when a label is not where it was expected. */
const MOVED = new Set(['InvalidParameterException', 'InvalidRequestException']);

export const keyVault = ({
  client,
  secretId,
  ids,
}: {
  client: SecretsManagerClient;
  /** Name or ARN. The stack makes the secret with a generated value, so that there is a current version. */
  secretId: string;
  ids: Ids;
}): KeyVault => ({
  async current() {
    const { SecretString, VersionId } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    if (VersionId === undefined) throw new UnexpectedError({ reason: 'secret_without_version' });
    return { value: SecretString ?? '', version: VersionId };
  },

  async replace(value, found) {
    const candidate = ids();
    await client.send(
      new PutSecretValueCommand({
        SecretId: secretId,
        SecretString: value,
        ClientRequestToken: candidate,
        VersionStages: ['CANDIDATE'],
      }),
    );
    try {
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: secretId,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: candidate,
          RemoveFromVersionId: found,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && MOVED.has(error.name)) return false;
      throw error;
    }
  },
});

/** Whether `secret` is that of `client`. A client that does not exist has none, and takes as long to refuse. */
export type KnowsClient = (client: SystemName, secret: string) => Promise<boolean>;

/** Secrets by name, `dabbawala/<client>/client`, each made by the stack of its client. */
export const clientSecrets =
  (client: SecretsManagerClient): KnowsClient =>
  async (name, secret) => {
    const expected = await secretNamed(client, `dabbawala/${name}/client`);
    return sameText(secret, expected ?? '') && expected !== undefined;
  };

const secretNamed = async (client: SecretsManagerClient, name: string): Promise<string | undefined> => {
  const found = await client
    .send(new GetSecretValueCommand({ SecretId: name }))
    .catch(undefinedFor('ResourceNotFoundException'));
  return found?.SecretString || undefined;
};

/** In a time that depends on neither text: hashes are of one length, and all of them is compared. */
const sameText = (one: string, two: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(two).digest());
