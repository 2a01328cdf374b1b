/** Where the behaviours are tried, and what differs for the suite itself between one cloud and another. */

import { readFileSync } from 'node:fs';
import { SHARED_PATHS } from '../../cloud/paths.ts';

/** A column of the table. An address given by hand is `other`. */
export const TARGETS = ['local', 'stock', 'localstack', 'aws', 'other'] as const;
export type Target = (typeof TARGETS)[number];

/** What a process that runs behaviours is told by the command that starts it. */
export interface Place {
  readonly target: Target;
  /** Undefined on AWS: the SDK's own addresses. */
  readonly endpoint: string | undefined;
  readonly region: string;
}

/** @throws {Error} it was not started by `npm run parity` */
export const placeOf = (env: NodeJS.ProcessEnv = process.env): Place => {
  const target = TARGETS.find((name) => name === env.DABBA_PARITY_TARGET);
  if (!target || !env.AWS_REGION)
    throw new Error('Behaviours are tried by npm run parity, which says where.');
  return { target, endpoint: env.AWS_ENDPOINT_URL, region: env.AWS_REGION };
};

/** Whether the emulator behind it is MiniStack, whose functions run by our bootstrap under the Node on its PATH. */
export const isMiniStack = ({ target }: Place): boolean =>
  target === 'local' || target === 'stock' || target === 'other';

/** How a function's code is packed and run there: the same source, by AWS's Node or by our bootstrap. */
export const packing = (
  place: Place,
): { runtime: 'nodejs24.x' | 'provided.al2023'; files: Record<string, string> } =>
  isMiniStack(place)
    ? { runtime: 'provided.al2023', files: { bootstrap: readFileSync(SHARED_PATHS.bootstrap, 'utf8') } }
    : { runtime: 'nodejs24.x', files: {} };

/** How the clients of every service are made. */
export const clientConfig = ({ endpoint, region }: Place) => ({
  region,
  ...(endpoint
    ? { endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, disableHostPrefix: true }
    : {}),
  // What throttling and conflicts look like is behaviour, too.
  maxAttempts: endpoint ? 1 : 3,
});
