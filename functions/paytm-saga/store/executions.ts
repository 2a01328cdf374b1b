import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { env, sfnClient, undefinedFor } from '../../../shared/aws/index.ts';
import type { Executions } from '../domain/ports.ts';

/** The executions of the payment machine. */
export const executionsPort = (): Executions => {
  const machine = env('MACHINE_ARN');
  const sfn = sfnClient();
  return {
    async start({ id, actor, correlationId, traceparent }) {
      const input = JSON.stringify({ payment: id, correlationId, traceparent });
      await sfn
        .send(new StartExecutionCommand({ stateMachineArn: machine, name: `${id}.${actor}`, input }))
        // AWS answers a repeated start of a running execution with 200, the emulator and an ended one with this.
        .catch(undefinedFor('ExecutionAlreadyExists'));
    },
    async state(id, actor) {
      const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${id}.${actor}`;
      const found = await sfn
        .send(new DescribeExecutionCommand({ executionArn }))
        .catch(undefinedFor('ExecutionDoesNotExist'));
      if (!found) return 'absent';
      return found.status === 'RUNNING' ? 'running' : 'ended';
    },
  };
};
