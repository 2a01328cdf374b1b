import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../../shared/ids/index.ts';
import { clientSecrets, keyVault } from './secrets.ts';
import { sign, signingKey } from './signing-key.ts';

let client: SecretsManagerClient;
const made: string[] = [];

beforeAll(() => {
  const endpoint = process.env.DABBA_STORE_ENDPOINT;
  if (endpoint === undefined) throw new Error('DABBA_STORE_ENDPOINT must name an emulator');
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new SecretsManagerClient({ endpoint, region: 'ap-south-1', credentials });
});

afterAll(async () => {
  for (const SecretId of made) {
    await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  }
  client.destroy();
});

/** A secret as a stack leaves it: with a generated value that is no key. */
const secret = async (Name: string, SecretString = 'generated'): Promise<string> => {
  const { ARN = '' } = await client.send(new CreateSecretCommand({ Name, SecretString }));
  made.push(ARN);
  return ARN;
};

describe('the signing key in Secrets Manager', () => {
  it('is one for all of 20 cold starts at once, and for those who come after', async () => {
    const secretId = await secret(`test/${crypto.randomUUID()}/signing-key`);
    const coldStart = () => signingKey(keyVault({ client, secretId, ids: uuidV7 }));
    const keys = await Promise.all(Array.from({ length: 20 }, () => coldStart()()));
    const later = await coldStart()();
    expect(new Set([...keys, later].map(({ publicJwk }) => publicJwk.kid)).size).toBe(1);
    const claims = {
      iss: 'dabbawala-identity',
      aud: 'x',
      sub: 'y',
      roles: ['service'],
      iat: 1,
      exp: 2,
    } as const;
    expect((await sign(later, claims)).split('.')).toHaveLength(3);
  });

  it('is not replaced by somebody who saw what was there before', async () => {
    const secretId = await secret(`test/${crypto.randomUUID()}/signing-key`);
    const vault = keyVault({ client, secretId, ids: uuidV7 });
    const seen = await vault.current();
    expect(await vault.replace('first', seen.version)).toBe(true);
    expect(await vault.replace('second', seen.version)).toBe(false);
    expect((await vault.current()).value).toBe('first');
  });
});

describe('the secret of a client', () => {
  it('is known by name; another secret, or one for a client that does not exist, is not', async () => {
    const name = `t${crypto.randomUUID().slice(0, 8)}`;
    await secret(`dabbawala/${name}/client`, 'a-generated-secret');
    const knows = clientSecrets(client);
    expect(await knows(name, 'a-generated-secret')).toBe(true);
    expect(await knows(name, 'a-generated-secreT')).toBe(false);
    expect(await knows(name, '')).toBe(false);
    expect(await knows(`${name}x`, 'a-generated-secret')).toBe(false);
    expect(await knows(`${name}x`, '')).toBe(false);
  });
});
