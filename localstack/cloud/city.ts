import { existsSync, readFileSync } from 'node:fs';
import type { DeployedStack } from './cloudformation.ts';
import { endpointOf, REGION } from './environment.ts';
import type { CloudPaths } from './paths.ts';
import { CloudProblem } from './problem.ts';
import { writeWhole } from './whole.ts';

/** A system as it is deployed: what its stack says of it, with the names and addresses that deployment added. */
export interface CitySystem {
  /** Where its API answers, where it has one: `http://127.0.0.1:4566/restapis/<id>/live/_user_request_`. */
  readonly url?: string;
  /** Where its WebSocket is, where it has one: `ws://127.0.0.1:4566/_aws/execute-api/<id>/live`. */
  readonly socketUrl?: string;
  readonly outputs: { readonly [name: string]: string };
  readonly [field: string]: unknown;
}

/** `.cloud/city.json`: what CLI, story, console and end-to-end tests know of the running city. */
export interface CityFile {
  readonly endpoint: string;
  readonly region: string;
  /** The addresses of the APIs, by system. */
  readonly urls: { readonly [system: string]: string };
  readonly systems: { readonly [system: string]: CitySystem };
  /** What earlier code deployed and this code no longer has; it runs until it is asked for with `--prune`. */
  readonly left?: readonly string[];
}

/** Joins what the synthesis said with what the deployment gave. */
export const describeCity = (
  manifest: { readonly systems: { readonly [system: string]: object } },
  stacks: readonly DeployedStack[],
  port: number,
): CityFile => {
  const endpoint = endpointOf(port);
  const systems = Object.fromEntries(
    stacks.map(({ name, outputs }): [string, CitySystem] => {
      const entry: { readonly api?: string; readonly socket?: string } = manifest.systems[name] ?? {};
      const [api, socket] = [entry.api, entry.socket].map((output) => outputs[output ?? '']);
      return [
        name,
        {
          ...{ ...entry, outputs },
          ...(api ? { url: `${endpoint}/restapis/${api}/live/_user_request_` } : {}),
          ...(socket
            ? { socketUrl: `${endpoint.replace(/^http/, 'ws')}/_aws/execute-api/${socket}/live` }
            : {}),
        },
      ];
    }),
  );
  const urls = Object.fromEntries(
    Object.entries(systems).flatMap(([name, { url }]) => (url ? [[name, url]] : [])),
  );
  return { endpoint, region: REGION, urls, systems };
};

/** Of the stacks that run, those which a city knew as its own and the code no longer has. Others are the user's. */
export const leftOver = (
  before: CityFile | undefined,
  running: readonly string[],
  wanted: readonly string[],
): readonly string[] => {
  const ours = [...Object.keys(before?.systems ?? {}), ...(before?.left ?? [])];
  return running.filter((name) => ours.includes(name) && !wanted.includes(name));
};

export const writeCity = (paths: CloudPaths, city: CityFile): void =>
  writeWhole(paths.city, `${JSON.stringify(city, null, 2)}\n`);

/** @throws {CloudProblem} nothing was deployed yet */
export const readCity = (paths: CloudPaths): CityFile => {
  if (!existsSync(paths.city)) throw new CloudProblem('Nothing is deployed yet.', ['npm start']);
  return JSON.parse(readFileSync(paths.city, 'utf8')) as CityFile;
};
