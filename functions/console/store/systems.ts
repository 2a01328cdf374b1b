import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { absolute, env, ssmClient, undefinedFor } from '../../../shared/aws/index.ts';
import { SystemView } from '../contract.ts';
import type { SystemsPorts } from '../domain/ports.ts';

/** Of a system: what it consists of, and where it answers, as its stack writes it down. */
const CITY = (name: string): string => `/dabbawala/city/${name}`;
const ADDRESS = (name: string): string => `/dabbawala/${name}/url`;

/** A system that was deployed meanwhile shows after so long. */
const KEEP_MS = 10_000;

/** Those of the named systems that are deployed; both are read when they are asked for, and again after ten seconds. */
export const deployedSystems = (
  ssm: Pick<SSMClient, 'send'>,
  names: readonly string[],
  nowMs: () => number,
): SystemsPorts => {
  /** One by one: the emulator judges a call for several as one for all that there are. */
  const each = async <T>(
    parameterOf: (name: string) => string,
    read: (value: string, name: string) => T,
  ): Promise<readonly T[]> => {
    const found = await Promise.all(
      names.map(async (name) => {
        const answer = await ssm
          .send(new GetParameterCommand({ Name: parameterOf(name) }))
          .catch(undefinedFor('ParameterNotFound'));
        return answer && [read(answer.Parameter?.Value ?? '', name)];
      }),
    );
    return found.flatMap((value) => value ?? []);
  };
  return {
    systems: kept(nowMs, () =>
      each(CITY, (value, name) => SystemView.parse({ ...(JSON.parse(value) as object), name })),
    ),
    addresses: kept(
      nowMs,
      async () => new Map(await each(ADDRESS, (value, name) => [name, absolute(value)] as const)),
    ),
  };
};

const kept = <T>(nowMs: () => number, read: () => Promise<T>): (() => Promise<T>) => {
  let known: { readonly until: number; readonly value: T } | undefined;
  return async () => {
    if (!known || known.until <= nowMs()) known = { value: await read(), until: nowMs() + KEEP_MS };
    return known.value;
  };
};

export const systemsPort = (): SystemsPorts =>
  deployedSystems(ssmClient(), env('SYSTEMS').split(','), () => Date.now());
