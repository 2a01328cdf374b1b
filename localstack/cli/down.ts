import { Command } from 'commander';
import { down } from '../cloud/down.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { progress } from '../cloud/progress.mjs';
import { jsonOption } from './options.ts';
import { print } from './report.ts';

export const downCommand = (): Command =>
  new Command('down')
    .description('stop the cloud and keep its data (what npm stop does)')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      const was = await down({ paths: cloudPaths(), progress: progress() });
      if (json) print(json, { was }, []);
    });
