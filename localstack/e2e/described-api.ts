/** A caller that knows an API from its description alone, and notes what each operation answered. */
import { expect } from 'vitest';

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly responses: {
    readonly [status: string]: { readonly content?: { readonly [type: string]: unknown } };
  };
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: object;
}
export interface Described extends Operation {
  readonly method: string;
  readonly path: string;
}

export interface Said {
  readonly path?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
  readonly token?: string;
}

/** An API that is called by its description. */
export type Api = Awaited<ReturnType<typeof describedApi>>;

/**
 * Reads the description where the doors are.
 * @param closed names of errors with 503 that say when to come again, and are no fault
 */
export const describedApi = async (url: string, closed: readonly string[] = []) => {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  };
  const operations: Described[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
  const reached = new Map<string, Set<string>>(operations.map(({ operationId }) => [operationId, new Set()]));
  const wrong: string[] = [];

  const check = ({ operationId, responses }: Described, answer: Response, text: string): void => {
    const status = String(answer.status);
    reached.get(operationId)?.add(status);
    const blame = (what: string) => wrong.push(`${operationId} ${status}: ${what} ${text.slice(0, 160)}`);
    const documented = responses[status];
    if (!documented) blame('is not documented');
    const [type] = Object.keys(documented?.content ?? {});
    if (type && !answer.headers.get('content-type')?.startsWith(type)) blame(`is no ${type}`);
    if (answer.status >= 400 && JSON.parse(text).status !== answer.status) blame('says another status');
    if (answer.status === 429 && !answer.headers.get('retry-after')) blame('does not say when to come again');
    const isClosed = answer.status === 503 && closed.includes(JSON.parse(text).name);
    if (isClosed && !answer.headers.get('retry-after')) blame('does not say when it opens');
    if (answer.status >= 500 && !isClosed) blame('went wrong');
  };

  return {
    operations,
    wrong,
    /** Makes a call by the description, right or wrong, and answers what came. */
    async call(id: string, { path = {}, query = {}, headers = {}, body, token }: Said) {
      const operation = operations.find(({ operationId }) => operationId === id);
      if (!operation) throw new Error(`no operation is called ${id}`);
      const where = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(path[name] ?? 'x'),
      );
      const isText = typeof body === 'string';
      const answer = await fetch(`${url}${where}?${new URLSearchParams(query)}`, {
        method: operation.method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      check(operation, answer, text);
      const json = text === '' ? undefined : (JSON.parse(text) as { readonly [member: string]: unknown });
      return { status: answer.status, headers: answer.headers, body: json };
    },
    /** What is documented and was not answered, but for what cannot be: `operation status`. */
    unreached(cannotBe: (operation: Described, status: string) => boolean): string[] {
      return operations.flatMap((operation) =>
        Object.keys(operation.responses)
          .filter(
            (status) => !reached.get(operation.operationId)?.has(status) && !cannotBe(operation, status),
          )
          .map((status) => `${operation.operationId} ${status}`),
      );
    },
    expectNothingWrong: () => expect(wrong).toEqual([]),
  };
};
