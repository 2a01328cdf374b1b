import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { PeerMissingError } from '../errors/index.ts';
import { ssmClient } from './clients.ts';

const known = new Map<string, string>();

/** An address as SSM has it: a path is relative to the endpoint of the cloud that we are in, so that it survives a move to another port. */
export const absolute = (url: string): string =>
  url.startsWith('/') ? `${process.env.AWS_ENDPOINT_URL ?? ''}${url}` : url;

/**
 * Where a system of the city answers, without a slash at the end. Read from SSM once a cold start.
 *
 * @throws {PeerMissingError} the system is not deployed (yet); a retry can help
 */
export const peer = async (system: string): Promise<string> => {
  const url = known.get(system) ?? (await addressOf(system));
  known.set(system, url);
  return url;
};

const addressOf = async (system: string): Promise<string> => {
  try {
    const { Parameter } = await ssmClient().send(
      new GetParameterCommand({ Name: `/dabbawala/${system}/url` }),
    );
    return absolute(Parameter?.Value ?? '');
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') {
      throw new PeerMissingError({ peer: system }, { cause: error });
    }
    throw error;
  }
};
