import { expect, it } from 'vitest';
import { secretOnce } from './secret.ts';

const secretsAnswering = (...answers: (string | Error)[]) => {
  const asked: unknown[] = [];
  const client = {
    async send({ input }: { input: unknown }) {
      asked.push(input);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return { SecretString: answer };
    },
  };
  return { client: client as never, asked };
};

it('a secret is read on first use, and once', async () => {
  const { client, asked } = secretsAnswering('s3cret', 'another');
  const secret = secretOnce(client, 'arn:callbacks', 'callbacks');
  expect(asked).toEqual([]);
  expect([await secret(), await secret()]).toEqual(['s3cret', 's3cret']);
  expect(asked).toEqual([{ SecretId: 'arn:callbacks' }]);
});

it('a secret is read again after a read that failed, and is never nothing', async () => {
  const { client } = secretsAnswering(new Error('not now'), '', 's3cret');
  const secret = secretOnce(client, 'arn:callbacks', 'callbacks');
  await expect(secret()).rejects.toThrow('not now');
  await expect(secret()).rejects.toThrow('the secret of callbacks is empty');
  expect(await secret()).toBe('s3cret');
});
