import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { sessionRoutes } from '../../../functions/identity/contract.ts';
import { client } from '../../../shared/http/index.ts';
import { ROOT } from '../../cloud/paths.ts';
import { openCity } from '../city.ts';

const { city, aws } = openCity();

/** What console/README.md has an operator on AWS type, once the three values are there. */
const byHand = (): string => {
  const blocks = [...readFileSync(join(ROOT, 'console/README.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)];
  const [found, ...others] = blocks.map(([, block = '']) => block).filter((block) => block.includes('curl'));
  if (found === undefined || others.length > 0)
    throw new Error('console/README.md has not one block with curl');
  return found;
};

it('the commands of the page print an address whose code opens a session of an operator, once', async () => {
  const { identity = '' } = city.urls;
  const secrets = new SecretsManagerClient(aws);
  const { SecretString: secret = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: 'dabbawala/operator/client' }),
  );
  secrets.destroy();
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', byHand()], {
    env: { PATH: process.env.PATH, page: 'https://page.example', identity, secret },
  });
  const [, code = ''] = /^https:\/\/page\.example\/#\/sign-in\?code=([\w-]+)\n$/.exec(stdout) ?? [];
  const anybody = client({ baseUrl: identity, peer: 'identity' }, sessionRoutes);
  const open = () => anybody.openSession({ body: { code, secret: randomBytes(32).toString('base64url') } });
  expect((await open()).body).toMatchObject({ role: 'operator' });
  await expect(open()).rejects.toMatchObject({ status: 401 });
});
