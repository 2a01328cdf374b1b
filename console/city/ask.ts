/** Questions on behalf of whoever is signed in. */
import { routes } from '../../functions/console/contract.ts';
import { AskProblem, isSignedOut } from './problem.ts';
import { type Answer, addressOf, type Extras, type Located, type Parts, send } from './send.ts';
import { dropToken, tokenFor } from './session.ts';

type Route = Parameters<typeof send>[1];

/**
 * Asks a door as the session's role. A token that the door no longer takes is made anew once.
 * @throws {AskProblem} the door's problem; 401: the session has ended
 */
export const ask = async <R extends Route>(
  system: string,
  route: R,
  parts: Parts<R>,
  extras: Omit<Extras, 'token' | 'others'> = {},
): Promise<Answer<R>> => {
  const language = document.documentElement.lang;
  const known = whoKnows(system);
  const once = async () =>
    send(system, route, parts, {
      ...{ language, ...extras, token: await tokenFor(system) },
      ...(known === undefined ? {} : { others: known }),
    });
  try {
    return await once();
  } catch (thrown) {
    if (!isSignedOut(thrown)) throw thrown;
    dropToken(system);
    return once();
  }
};

/**
 * Where the doors of a system are.
 * @throws {AskProblem} 404: the city has no such system
 */
export const addressFor = (system: string): Promise<string> => addressOf(system, whoKnows(system));

/** Where the console's own system is says the page's deployment: it is who is asked for the others. */
const whoKnows = (system: string): Extras['others'] => (system === 'console' ? undefined : others);

const others = async (): Promise<readonly Located[]> => (await ask('console', routes.listSystems, {})).items;

/** Whether a page goes on asking by itself: what was not expected may be over a while later, whatever its problem says. */
export const mayHelpToAskAgain = (thrown: unknown): boolean =>
  thrown instanceof AskProblem && (thrown.retryable || thrown.status >= 500);
