import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { env, ssmClient, undefinedFor } from '../../../shared/aws/index.ts';
import { SystemView } from '../contract.ts';
import type { ConsolePorts } from '../domain/ports.ts';

/** Below it each stack writes down what its system consists of. */
const PATH = '/dabbawala/city/';

/** A system that was deployed meanwhile shows after so long. */
const KEEP_MS = 10_000;

/** Those of the named systems that are deployed; read again after ten seconds. */
export const deployedSystems = (
  ssm: Pick<SSMClient, 'send'>,
  names: readonly string[],
  nowMs: () => number,
): ConsolePorts['systems'] => {
  let known: { readonly until: number; readonly systems: readonly SystemView[] } | undefined;
  const read = async (name: string): Promise<SystemView | undefined> => {
    const found = await ssm
      .send(new GetParameterCommand({ Name: `${PATH}${name}` }))
      .catch(undefinedFor('ParameterNotFound'));
    return found && SystemView.parse({ ...(JSON.parse(found.Parameter?.Value ?? '') as object), name });
  };
  return async () => {
    if (!known || known.until <= nowMs()) {
      const systems = (await Promise.all(names.map(read))).filter((system) => system !== undefined);
      known = { systems, until: nowMs() + KEEP_MS };
    }
    return known.systems;
  };
};

export const systemsPort = (): Pick<ConsolePorts, 'systems'> => ({
  systems: deployedSystems(ssmClient(), env('SYSTEMS').split(','), () => Date.now()),
});
