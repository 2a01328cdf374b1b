/** The doors of any system, as its own document tells of them, and a try of one. */
import { queryOptions } from '@tanstack/react-query';
import type { DoorRequest, OpenApi } from '../model/doors.ts';
import { addressFor } from './ask.ts';
import { AskProblem } from './problem.ts';
import { reach } from './send.ts';
import { dropToken, tokenFor } from './session.ts';

/** A document is public: no token goes along. */
export const openApiQuery = (system: string) =>
  queryOptions({
    queryKey: ['openapi', system],
    queryFn: async ({ signal }): Promise<OpenApi> => {
      const response = await sent(
        await addressFor(system),
        { method: 'GET', path: '/openapi.json', headers: {} },
        signal,
      );
      if (!response.ok) throw new AskProblem(response.statusText, { status: response.status });
      return (await response.json()) as OpenApi;
    },
    staleTime: 60_000,
  });

/** What came of a try, whether it went well or not. */
export interface Tried {
  readonly request: DoorRequest;
  readonly status: number;
  /** Those that a browser lets a page read. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly ms: number;
}

/**
 * Goes through a door as the session's role; without a token where the door asks nobody who they are. A token that is
 * no longer taken is made anew once: who is not let in has done nothing.
 * @throws {AskProblem} nobody answers, or there is no session
 */
export const tryDoor = async (system: string, request: DoorRequest, asWho: boolean): Promise<Tried> => {
  const address = await addressFor(system);
  const once = async () => {
    const headers = {
      'Accept-Language': document.documentElement.lang,
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...request.headers,
      ...(asWho ? { Authorization: `Bearer ${await tokenFor(system)}` } : {}),
    };
    const began = performance.now();
    const response = await sent(address, { ...request, headers });
    const text = await response.text();
    return {
      request,
      status: response.status,
      headers: [...response.headers],
      text,
      ms: performance.now() - began,
    };
  };
  const tried = await once();
  if (tried.status !== 401 || !asWho) return tried;
  dropToken(system);
  return once();
};

const sent = (
  address: string,
  { method, path, headers, body }: DoorRequest,
  signal?: AbortSignal,
): Promise<Response> =>
  reach(`${address}${path}`, signal, { method, headers, ...(body === undefined ? {} : { body }) });
