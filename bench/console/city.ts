/**
 * A city that is nothing but its doors: it serves the page, and answers what the page asks by the contracts, with as much
 * as it is told to have. It stands in for the local cloud, which could not make 5,000 executions while one waits.
 */
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { routes } from '../../functions/console/contract.ts';
import { sessionRoutes } from '../../functions/identity/contract.sessions.ts';
import { routesEverywhere } from '../../functions/platform/contract.ts';
import type { AnswerOf, ParsedPart, RouteDefinition } from '../../shared/http/index.ts';
import { DEFINITION, longHistory, longList, longTail, longTraces } from './history.ts';

/** How much of everything there is. */
export interface Amounts {
  readonly events: number;
  readonly runs: number;
  readonly traces: number;
  readonly cityEvents: number;
}

export interface StandIn {
  /** Of the page, without what comes behind `#`. */
  readonly address: string;
  /** What it was asked and has no answer for. */
  readonly unanswered: readonly string[];
  close(): Promise<void>;
}

export const MACHINE = 'paytm-saga-payment';

/** A door and what it answers. */
interface Door {
  readonly system: string;
  readonly route: RouteDefinition;
  readonly answer: (path: unknown, query: unknown) => { readonly status: number; readonly body?: unknown };
}

const door = <R extends RouteDefinition>(
  system: string,
  route: R,
  answer: (path: ParsedPart<R, 'path'>, query: ParsedPart<R, 'query'>) => AnswerOf<R>,
): Door => ({
  ...{ system, route },
  answer: (path, query) => answer(path as ParsedPart<R, 'path'>, query as ParsedPart<R, 'query'>),
});

/** A page of a list; its cursor is the place where the next one begins. */
const pageOf = <T>(all: readonly T[], from: number, limit: number) => {
  const to = from + limit;
  return { items: all.slice(from, to), ...(to < all.length ? { next: to } : {}) };
};
const ok = <B>(body: B) => ({ status: 200, body }) as const;
const created = <B>(body: B) => ({ status: 201, body }) as const;

/** @public read by its test: what these doors say is what the contracts say */
export const doorsOf = (amounts: Amounts): readonly Door[] => {
  const [history, runs] = [longHistory(amounts.events), longList(amounts.runs)];
  const backwards = history.toReversed();
  const [traces, tail] = [longTraces(amounts.traces), longTail(amounts.cityEvents)];
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const machine = { name: MACHINE, system: 'paytm-saga' };
  const [first] = runs;
  const createdAt = first?.startedAt ?? '';
  return [
    door('identity', sessionRoutes.openSession, () => created({ role: 'operator', endsAt } as const)),
    door('identity', sessionRoutes.sessionToken, () => ok({ accessToken: 'token', expiresInSeconds: 3_600 })),
    door('console', routes.listSystems, () => ok({ items: [] })),
    door('console', routes.listMachines, () => ok({ items: [{ ...machine, runs: [] }] })),
    door('console', routes.getMachine, () => ok({ ...machine, definition: DEFINITION, createdAt })),
    door('console', routes.listRuns, (_path, { cursor, limit }) => {
      const { items, next } = pageOf(runs, Number(cursor ?? 0), limit);
      return ok({ items, ...(next === undefined ? {} : { next: String(next) }) });
    }),
    // It goes on, so the page asks for more of it every two seconds.
    door('console', routes.getRun, ({ run }) =>
      ok({ machine: MACHINE, name: run, status: 'RUNNING', startedAt: history[0]?.at ?? '' }),
    ),
    door('console', routes.listRunEvents, (_path, { from, cursor, limit }) => {
      const all = from === 'beginning' ? history : backwards;
      const { items, next } = pageOf(all, Number(cursor ?? 0), limit);
      return ok({ items, ...(next === undefined ? {} : { next: String(next) }) });
    }),
    door('console', routes.listCityEvents, (_path, { cursor, after, limit }) => {
      const position = '1.1.1.1';
      if (after !== undefined) return ok({ items: [], position, more: false });
      const { items, next } = pageOf(tail, Number(cursor?.split('.')[0] ?? 0), limit);
      return ok({
        ...{ items, more: false },
        ...(next === undefined ? {} : { next: `${next}.0.0.0` }),
        ...(cursor === undefined ? { position } : {}),
      });
    }),
    door('platform', routesEverywhere.listTraces, (_path, { cursor, limit }) => {
      const { items, next } = pageOf(traces, Number(cursor?.split('.')[0] ?? 0), limit);
      const place = `${String(next).padStart(13, '0')}.trace.${'0'.repeat(16)}`;
      return ok({ items, ...(next === undefined ? {} : { next: place }) });
    }),
  ];
};

/** What a door answers to a request; nothing where there is no such door. */
const answered = (doors: readonly Door[], method: string, { pathname, searchParams }: URL) => {
  for (const { system, route, answer } of doors) {
    const path = new RegExp(`^/${system}${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(
      pathname,
    );
    if (path === null || route.method !== method) continue;
    const query = route.request.query?.parse(Object.fromEntries(searchParams));
    return answer(path.groups, query);
  }
  return undefined;
};

const TYPES: { readonly [ending: string]: string } = {
  ...{ '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' },
  ...{ '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' },
};

/** Serves a file with what the bucket of the local cloud says of it; what has a digest in its name never changes. */
const fileOf = (folder: string, pathname: string, response: ServerResponse): boolean => {
  const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  const forEver = pathname.startsWith('/assets/');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': forEver ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(readFileSync(file));
  return true;
};

const CITY = {
  urls: { identity: '/identity', console: '/console', platform: '/platform' },
  faults: false,
};

/** Opens it at a port of its own. Answers are kept as text, so that making them takes no time from the browser. */
export const standIn = async (folder: string, amounts: Amounts): Promise<StandIn> => {
  const doors = doorsOf(amounts);
  const kept = new Map<string, { readonly status: number; readonly text: string } | undefined>();
  const unanswered: string[] = [];
  const answer = (method: string, path: string) => {
    const asked = `${method} ${path}`;
    if (!kept.has(asked)) {
      const said = answered(doors, method, new URL(path, 'http://city'));
      kept.set(asked, said && { status: said.status, text: JSON.stringify(said.body) });
    }
    return kept.get(asked);
  };
  const serve = ({ method = 'GET', url = '/' }: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(url, 'http://city');
    if (fileOf(folder, pathname, response)) return;
    const said =
      pathname === '/city.json' ? { status: 200, text: JSON.stringify(CITY) } : answer(method, url);
    if (said === undefined) unanswered.push(`${method} ${url}`);
    response.writeHead(said?.status ?? 404, { 'Content-Type': 'application/json' });
    response.end(said?.text ?? '{}');
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    unanswered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
