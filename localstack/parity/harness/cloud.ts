import { inject } from 'vitest';
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
  readonly client: <C extends object>(kind: new (config: ReturnType<typeof clientConfig>) => C) => C;
  /** A name that no other behaviour and no other run has: `behaves-k3j9x0-queue`. */
  readonly name: (what: string) => string;
  /** Clears something away when the behaviour has been tried, last made first. */
  readonly later: (clear: () => Promise<unknown>) => void;
}

const clients = new Map<unknown, object>();

const clientOf = <C extends object>(
  place: Place,
  kind: new (config: ReturnType<typeof clientConfig>) => C,
): C => {
  const known = clients.get(kind) as C | undefined;
  if (known) return known;
  const made = new kind(clientConfig(place));
  clients.set(kind, made);
  return made;
};

/**
 * Tries something on the cloud of this run and clears away what it made. What cannot be cleared away is said, and
 * changes no result: it is nothing that was asked of the cloud.
 */
export const onCloud = async (work: (cloud: Cloud) => Promise<void>): Promise<void> => {
  const place = placeOf();
  const clears: (() => Promise<unknown>)[] = [];
  const own = Math.random().toString(36).slice(2, 8);
  try {
    await work({
      ...inject('common'),
      place,
      client: (kind) => clientOf(place, kind),
      name: (what) => `behaves-${own}-${what}`,
      later: (clear) => clears.unshift(clear),
    });
  } finally {
    for (const clear of clears) {
      await clear().catch((left: unknown) => console.warn(`left behind: ${String(left)}`));
    }
  }
};
