/** Whoever tries every door of an API: with what is wrong in one way, with nonsense, and too often. */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { uuidV7 } from '../../shared/ids/index.ts';
import type { Api, Described, Said } from './described-api.ts';

/** Addresses for examples (RFC 5737), one for each purpose: what one spends does not lack another. */
export const from = (purpose: number) => ({ 'x-forwarded-for': `203.0.113.${purpose}` });

/** All paths into a value. */
const placesIn = (value: unknown): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => [
        [name],
        ...placesIn(part).map((rest) => [name, ...rest]),
      ])
    : [];
const replaced = (value: unknown, [first, ...rest]: readonly string[], by: unknown): unknown => {
  if (first === undefined) return by;
  const copy = structuredClone(value) as { [name: string]: unknown };
  copy[first] = replaced(copy[first], rest, by);
  return copy;
};

/** Whose a token is. */
export const subjectOf = (token = ''): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}').sub ?? '';

/** What is asked of an API by whoever fuzzes it. */
export interface Asked {
  /** For each operation a request that is right; each time it may be somebody else's, so that nobody asks too often. */
  readonly right: () => { readonly [operation: string]: Said };
  /** A token that is good, and lets nobody in. */
  readonly stranger: () => string;
  /** Values that no query takes. */
  readonly query: { readonly [name: string]: string };
}

/** Requests for an operation that are wrong in one way each. */
export const wrongOnes = (
  { parameters = [] }: Described,
  right: Said,
  { stranger, query }: Pick<Asked, 'stranger' | 'query'>,
): Said[] => {
  const { token, ...nobody } = right;
  const [named] = Object.keys(right.path ?? {});
  const wrong: Said[] = [
    ...(token === undefined ? [] : [{ token: 'x.y.z' }, { token: stranger() }]),
    ...(named === undefined ? [] : [{ path: { ...right.path, [named]: 'no such name!' } }]),
    ...(parameters.some((one) => one.in === 'query') ? [{ query }] : []),
    ...(right.body === undefined
      ? []
      : [
          { body: { ...(right.body as object), more: 'x'.repeat(70_000) } },
          { headers: { 'content-type': 'text/plain' } },
          ...['{', []].map((body) => ({ body })),
        ]),
    ...(right.headers?.['idempotency-key'] ? [{ headers: { 'idempotency-key': 'not a key' } }] : []),
  ];
  return [...(token === undefined ? [] : [nobody]), ...wrong.map((one) => ({ ...right, ...one }))];
};

/** @param api it is read before the first test, so it is asked for late */
export const fuzzing = (api: () => Api, asked: Asked) => {
  /** Doors side by side, and one call after the other at each: more at once would be more cold starts. */
  const atEachDoor = (walk: (id: string, right: Said, operation: Described) => Promise<void>) => {
    const right = asked.right();
    return Promise.all(
      api().operations.map((operation) =>
        walk(operation.operationId, right[operation.operationId] ?? {}, operation),
      ),
    );
  };

  return {
    atEachDoor,
    /** A request is known for every operation, and for no other. */
    expectAllKnown: () =>
      expect(Object.keys(asked.right()).sort()).toEqual(
        api()
          .operations.map(({ operationId }) => operationId)
          .sort(),
      ),
    /** Asks every door rightly, if that is wanted, and then in every wrong way; each wrong one is refused. */
    async refuses({ first = true }: { readonly first?: boolean } = {}): Promise<void> {
      await atEachDoor(async (id, right, operation) => {
        const address = from(10 + api().operations.indexOf(operation));
        const call = (said: Said) =>
          api().call(id, { ...said, headers: { ...address, ...right.headers, ...said.headers } });
        if (first) await call(right);
        for (const wrong of wrongOnes(operation, right, asked)) await call(wrong);
      });
      api().expectNothingWrong();
    },
    /**
     * Somewhere within a right body something else stands.
     * @returns what was not refused: there something else was right, too
     */
    async survivesNonsense(numRuns: number, seed = Date.now()): Promise<readonly string[]> {
      const bodies = Object.entries(asked.right()).flatMap(([id, { body }]) =>
        body === undefined ? [] : placesIn(body).map((at) => ({ id, at })),
      );
      const nonsense = fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(null, -1, 2.9, '', [], {}, true, 'x'.repeat(300)),
      );
      const request = fc.record({ where: fc.constantFrom(...bodies), value: nonsense });
      const taken: string[] = [];
      for (const { where, value } of fc.sample(request, { numRuns, seed })) {
        const { id, at } = where;
        const right = asked.right()[id] ?? {};
        const headers = { ...right.headers, ...from(60), 'idempotency-key': uuidV7() };
        const said = { ...right, headers, body: replaced(right.body, at, value) };
        const { status } = await api().call(id, said);
        const what = `${id} ${at.join('.')} ${JSON.stringify(value)}`;
        if (status >= 500) throw new Error(`seed ${seed}: ${what}`);
        if (status < 400) taken.push(what);
      }
      api().expectNothingWrong();
      return taken;
    },
    /** Asks every door but some, until it has been asked too often. */
    async boundsEverybody(but: ReadonlySet<string>): Promise<void> {
      await atEachDoor(async (id, right) => {
        // Bounded by the gateway alone, at 500 calls a second for everybody.
        if (but.has(id)) return;
        const said = { ...right, headers: { ...right.headers, ...from(70) } };
        const first = await api().call(id, said);
        const [, quota] = /q=(\d+);w=60/.exec(first.headers.get('ratelimit-policy') ?? '') ?? [];
        expect(Number(quota), id).toBeGreaterThan(0);
        let { status } = first;
        for (let left = Number(quota); left > 0 && status !== 429; left -= 1)
          ({ status } = await api().call(id, said));
        expect(status, id).toBe(429);
      });
      api().expectNothingWrong();
    },
    /** A path that there is not is told of in both languages. */
    async tellsOfNoPath(url: string): Promise<void> {
      const answer = await fetch(`${url}/no/such/path`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toMatchObject({
        name: 'NotFoundError',
        detail: expect.any(String),
        detail_hi: expect.stringMatching(/[\u0900-\u097f]/),
      });
    },
  };
};
