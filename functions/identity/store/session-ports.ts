import { randomBytes } from 'node:crypto';
import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import type { Now } from '../../../shared/time/index.ts';
import { type IssuePorts, issuePorts } from './ports.ts';
import { type Sessions, sessions } from './sessions.ts';

export interface SessionPorts {
  readonly sessions: Sessions;
}

export interface CodePorts extends SessionPorts {
  /** 256 bits by chance, in base64url. */
  readonly unguessable: () => string;
}

export interface SessionTokenPorts extends SessionPorts, IssuePorts {}

/** Sessions on any store of effects: the table's, or one in memory. */
export const sessionsOn = (store: EffectStore, now: Now): Sessions =>
  sessions({
    store,
    effects: effects({ store, ...inTheCity, now }),
    now,
  });

export const sessionPorts = (): SessionPorts => ({
  sessions: sessionsOn(
    dynamoStore({ client: documentClient(), table: env('SESSIONS_TABLE'), indexes: {} }),
    () => new Date(),
  ),
});

export const codePorts = (): CodePorts => ({
  ...sessionPorts(),
  unguessable: () => randomBytes(32).toString('base64url'),
});

export const sessionTokenPorts = (): SessionTokenPorts => ({ ...sessionPorts(), ...issuePorts() });
