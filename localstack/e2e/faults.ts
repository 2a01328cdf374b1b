import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { CityFile } from '../cloud/city.ts';
import { credentials } from './city.ts';

/** Faults that a test brings about from outside, and takes back, whatever the work does. */
export const faultsIn = ({ endpoint, region }: Pick<CityFile, 'endpoint' | 'region'>) => {
  const lambda = new LambdaClient({ endpoint, region, credentials });

  const configure = async (FunctionName: string, Timeout: number, Variables: Record<string, string>) => {
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout, Environment: { Variables } }),
    );
  };
  const setMapping = async (FunctionName: string, Enabled: boolean) => {
    const { EventSourceMappings = [] } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName }),
    );
    for (const { UUID } of EventSourceMappings) {
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    }
  };

  return {
    /**
     * Runs work while a function cannot reach a service: its client is told an address where nobody listens. The
     * function gets two seconds, so that it gives up soon.
     */
    async whileOutOfReach<T>(
      functionName: string,
      service: 'DYNAMODB' | 'SFN',
      work: () => Promise<T>,
    ): Promise<T> {
      const { Environment, Timeout = 10 } = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: functionName }),
      );
      const before = { ...Environment?.Variables };
      await configure(functionName, 2, {
        ...before,
        [`AWS_ENDPOINT_URL_${service}`]: 'http://127.0.0.1:9',
      });
      try {
        return await work();
      } finally {
        await configure(functionName, Timeout, before);
      }
    },
    /** Runs work while a function has the role of another one, and so none of its own grants. */
    async whileInRoleOf<T>(functionName: string, other: string, work: () => Promise<T>): Promise<T> {
      const configurationOf = (FunctionName: string) =>
        lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const { Role: before, Environment } = await configurationOf(functionName);
      const Variables = { ...Environment?.Variables };
      // With the environment as it is: for a role alone the emulator lets warm workers keep their credentials.
      const become = (Role: string | undefined) =>
        lambda.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: functionName,
            Role,
            Environment: { Variables },
          }),
        );
      await become((await configurationOf(other)).Role);
      try {
        return await work();
      } finally {
        await become(before);
      }
    },
    /** Runs work while nothing feeds a function. What is in its stream meanwhile comes afterwards. */
    async whileCutOff<T>(functionName: string, work: () => Promise<T>): Promise<T> {
      await setMapping(functionName, false);
      try {
        return await work();
      } finally {
        await setMapping(functionName, true);
      }
    },
  };
};
