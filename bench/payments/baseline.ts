/** The machine that payments are compared with: as many Lambdas as a payment's straight way, each one conditional write. */
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { placeholderOf, task } from '../../statemachines/asl.ts';
import { deployed, type Place, packed, type Removable } from '../baseline/deployment.ts';

export interface Baseline extends Removable {
  readonly machine: string;
  readonly functions: readonly string[];
  /** Starts one execution, `<id>.1`, and answers its id. */
  readonly start: () => Promise<string>;
}

/** Deploys it into a city that runs, packed and asked as ours are: the same bootstrap, rules of a bundle, and payload. */
export const deployBaseline = (place: Place, tasks: number): Promise<Baseline> =>
  deployed(
    place,
    { what: 'payments', actions: ['dynamodb:PutItem', 'lambda:InvokeFunction'] },
    async ({ name, aws, role, later, table, lambda }) => {
      const sfn = new SFNClient(aws);
      const TABLE = await table();
      const code = await packed(join(import.meta.dirname, 'write.ts'));
      const files = Array.from({ length: tasks }, (_, n) => `write-${n}`);
      const arns = new Map<string, string>();
      for (const file of files)
        arns.set(`\${${placeholderOf(file)}}`, await lambda({ file, code, environment: { TABLE } }));
      const { stateMachineArn = '' } = await sfn.send(
        new CreateStateMachineCommand({ name, roleArn: role, definition: definitionOf(files, arns) }),
      );
      later(() => sfn.send(new DeleteStateMachineCommand({ stateMachineArn })));
      const input = JSON.stringify({ correlationId: name });
      let started = 0;
      return {
        machine: stateMachineArn,
        functions: files.map((file) => `${name}-${file}`),
        async start() {
          started += 1;
          const id = `${name}-${started}`;
          await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${id}.1`, input }));
          return id;
        },
      };
    },
  );

const definitionOf = (files: readonly string[], arns: ReadonlyMap<string, string>): string => {
  const states = files.map((file, n) => {
    const following = files[n + 1];
    return [
      placeholderOf(file),
      { ...task(file), ...(following ? { Next: placeholderOf(following) } : { End: true }) },
    ];
  });
  const StartAt = placeholderOf(files[0] ?? '');
  const text = JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States: Object.fromEntries(states) });
  return text.replaceAll(/\$\{\w+\}/g, (placeholder) => arns.get(placeholder) ?? placeholder);
};
