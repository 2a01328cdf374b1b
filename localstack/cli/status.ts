import { Command } from 'commander';
import { cloudFormation } from '../cloud/cloudformation.ts';
import { emulatorStatus, isHealthy } from '../cloud/emulator.ts';
import { endpointOf } from '../cloud/environment.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { jsonOption } from './options.ts';
import { print } from './report.ts';

export const statusCommand = (): Command =>
  new Command('status')
    .description('whether the cloud runs, and what is deployed to it')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const status = emulatorStatus(cloudPaths());
      if (status.kind === 'stopped') return print(json, status, ['The cloud is stopped.']);
      const { pid, port, startedAt, corrections } = status.run;
      if (status.kind === 'died') {
        return print(json, { kind: status.kind, pid, port, startedAt }, [
          `The emulator (process ${pid}) died without saving; npm start begins with the data of the last clean stop.`,
        ]);
      }
      const healthy = await isHealthy(port);
      const stacks = healthy ? await listStacks(port) : [];
      print(json, { kind: status.kind, pid, port, startedAt, corrections, healthy, stacks }, [
        `The cloud runs on ${endpointOf(port)} since ${startedAt} (process ${pid})${healthy ? '' : ', but does not answer'}.`,
        ...(corrections === 'all' ? [] : [`  Corrections of the emulator: ${corrections}`]),
        ...stacks.map((stack) => `  ${stack.name}: ${stack.status}`),
      ]);
    });

const listStacks = async (port: number) => {
  const cfn = cloudFormation(endpointOf(port));
  try {
    return (await cfn.list()).map(({ name, status }) => ({ name, status }));
  } finally {
    cfn.close();
  }
};
