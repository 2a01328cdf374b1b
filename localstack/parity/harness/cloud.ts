import { inject } from 'vitest';
import { ownCloud } from './own-cloud.ts';
import { setUp } from './setup.ts';
import { clientConfig, type Place, placeOf } from './target.ts';

/** What every run makes once: a role that Lambda and Step Functions may take, and the table that Lambdas note in. */
export interface Common {
  readonly role: string;
  readonly journal: string;
  readonly account: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    common: Common;
  }
}

/** The cloud as one behaviour sees it: clients, names of its own, and what to clear away. */
export interface Cloud extends Common {
  readonly place: Place;
  /** An SDK client of this place; one of a kind for all behaviours of a file. */
  readonly client: <C extends Client>(kind: Kind<C>) => C;
  /** A name that no other behaviour and no other run has: `behaves-k3j9x0-queue`. */
  readonly name: (what: string) => string;
  /** Clears something away when the behaviour has been tried, last made first. */
  readonly later: (clear: () => Promise<unknown>) => void;
}

interface Client {
  readonly destroy: () => void;
}
type Kind<C extends Client> = new (config: ReturnType<typeof clientConfig>) => C;

/** By endpoint and kind. */
const clients = new Map<string | undefined, Map<unknown, Client>>();

const clientOf = <C extends Client>(place: Place, kind: Kind<C>): C => {
  const ofPlace = clients.get(place.endpoint) ?? new Map<unknown, Client>();
  clients.set(place.endpoint, ofPlace);
  const known = ofPlace.get(kind) as C | undefined;
  if (known) return known;
  const made = new kind(clientConfig(place));
  ofPlace.set(kind, made);
  return made;
};

/**
 * Tries something on the cloud of this run and clears away what it made. What cannot be cleared away is said, and
 * changes no result: it is nothing that was asked of the cloud.
 */
export const onCloud = async (work: (cloud: Cloud) => Promise<void>): Promise<void> => {
  const clears: (() => Promise<unknown>)[] = [];
  try {
    await work(cloudAt(placeOf(), inject('common'), clears));
  } finally {
    for (const clear of clears) {
      await clear().catch((left: unknown) => console.warn(`left behind: ${String(left)}`));
    }
  }
};

/** Tries something on an emulator that is started for it alone, and can be stopped and started again. */
export const onOwnCloud = async (
  work: (cloud: Cloud, restart: () => Promise<void>) => Promise<void>,
): Promise<void> => {
  const own = await ownCloud(placeOf().target);
  const clears: (() => Promise<unknown>)[] = [];
  try {
    const place = { ...placeOf(), endpoint: own.endpoint };
    await work(cloudAt(place, await setUp(place), clears), async () => {
      hangUp(own.endpoint);
      await own.restart();
    });
  } finally {
    // What was made is forgotten with its emulator.
    hangUp(own.endpoint);
    await own.end();
  }
};

/** Closes what clients keep open to an emulator that is to stop: it would wait half a minute for them. */
const hangUp = (endpoint: string): void => {
  for (const client of clients.get(endpoint)?.values() ?? []) client.destroy();
  clients.delete(endpoint);
};

const cloudAt = (place: Place, common: Common, clears: (() => Promise<unknown>)[]): Cloud => {
  const own = Math.random().toString(36).slice(2, 8);
  return {
    ...common,
    place,
    client: (kind) => clientOf(place, kind),
    name: (what) => `behaves-${own}-${what}`,
    later: (clear) => clears.unshift(clear),
  };
};
