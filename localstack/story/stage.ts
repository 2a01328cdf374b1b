import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type IssuableRole, routes as identityRoutes } from '../../functions/identity/contract.ts';
import { client, type Routes } from '../../shared/http/index.ts';

import type { Language } from './texts.ts';

/** What story and end-to-end tests need of `.cloud/city.json`. */
export interface City {
  /** The cloud's endpoint, without a slash at the end. */
  readonly endpoint: string;
  readonly region: string;
  readonly systems: { readonly [system: string]: { readonly url?: string } };
}

/** Somebody who calls: a token for an audience. Tokens are renewed before they end. */
export type Who = (audience: string) => Promise<string>;

export interface Stage {
  /** Speaks to a system's doors as somebody, in the stage's language. */
  as<R extends Routes>(who: Who, system: string, routes: R): ReturnType<typeof client<R>>;
  /**
   * Speaks to public doors as nobody in particular, from an address of its own: the emulator believes the header that says
   * so, as AWS does not. @param from an IPv4 address
   */
  nobody<R extends Routes>(system: string, routes: R, from: string): ReturnType<typeof client<R>>;
  readonly operator: Who;
  /** Puts a message into a queue, as whoever has keys of the cloud can. */
  post(queue: string, body: unknown): Promise<void>;
  /** A token for a subject, issued by the operator. */
  subject(id: string, role: IssuableRole): Who;
}

const urlOf = (city: City, system: string): string => {
  const url = city.systems[system]?.url;
  if (!url) throw new Error(`${system} is not deployed in this city`);
  return url;
};

/** Remembers a token until a minute before it ends. */
const remembered = (fetchToken: (audience: string) => Promise<Token>): Who => {
  const known = new Map<string, { token: string; until: number }>();
  return async (audience) => {
    const found = known.get(audience);
    if (found && found.until > Date.now()) return found.token;
    const { accessToken, expiresInSeconds } = await fetchToken(audience);
    known.set(audience, { token: accessToken, until: Date.now() + (expiresInSeconds - 60) * 1000 });
    return accessToken;
  };
};

interface Token {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

/** Opens the city to clients: the operator's secret is read with AWS credentials and exchanged, as the CLI does. */
export const openStage = (city: City, language: Language = 'en'): Stage => {
  const cloud = {
    region: city.region,
    endpoint: city.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const secrets = new SecretsManagerClient(cloud);
  const open = client({ baseUrl: urlOf(city, 'identity'), peer: 'identity' }, identityRoutes);
  const operator = remembered(async (audience) => {
    const { SecretString: secret = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: 'dabbawala/operator/client' }),
    );
    return (await open.token({ body: { client: 'operator', secret, audience } })).body;
  });
  const asOperator = client(
    { baseUrl: urlOf(city, 'identity'), peer: 'identity', token: () => operator('identity') },
    identityRoutes,
  );
  return {
    operator,
    as: (who, system, routes) =>
      client({ baseUrl: urlOf(city, system), peer: system, token: () => who(system), language }, routes),
    nobody: (system, routes, from) =>
      client(
        { baseUrl: urlOf(city, system), peer: system, headers: { 'x-forwarded-for': from }, language },
        routes,
      ),
    async post(queue, body) {
      const sqs = new SQSClient(cloud);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
    },
    subject: (id, role) =>
      remembered(
        async (audience) => (await asOperator.issue({ body: { subject: id, roles: [role], audience } })).body,
      ),
  };
};
