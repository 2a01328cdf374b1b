/**
 * For `.catch`: an error of AWS by this name is no error to the caller, who gets `undefined`; any other is thrown on.
 *
 * @example await sfn.send(new DescribeExecutionCommand({ executionArn })).catch(undefinedFor('ExecutionDoesNotExist'))
 */
export const undefinedFor =
  (name: string) =>
  (error: unknown): undefined => {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  };
