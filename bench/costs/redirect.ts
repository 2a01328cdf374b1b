/** Sends functions through the doors of the bench for a while, and back again. */
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

export const redirection = (aws: { endpoint: string; region: string }) => {
  const lambda = new LambdaClient(aws);
  const before = new Map<string, Record<string, string>>();
  let memory = 0;

  const configure = async (FunctionName: string, Variables: Record<string, string>): Promise<void> => {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  };

  return {
    /** A function asks DynamoDB at this address, and for no armed faults: on AWS none does. */
    async through(address: string, FunctionName: string): Promise<void> {
      const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      const own = { ...found.Environment?.Variables };
      before.set(FunctionName, own);
      memory = Math.max(memory, found.MemorySize ?? 0);
      const { FAULTS_TABLE: _, ...others } = own;
      await configure(FunctionName, { ...others, AWS_ENDPOINT_URL_DYNAMODB: address });
    },
    /** The most that one of them has, in megabytes. */
    memory: () => memory,
    async back(): Promise<void> {
      for (const [name, variables] of before) await configure(name, variables);
    },
  };
};
