import { Command } from 'commander';
import { reset } from '../cloud/down.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { progress } from '../cloud/progress.mjs';
import { jsonOption } from './options.ts';
import { print } from './report.ts';

export const resetCommand = (): Command =>
  new Command('reset')
    .description('stop the cloud and forget all its data (what npm run reset does)')
    .addOption(jsonOption())
    .action(async ({ json }: { json?: boolean }) => {
      await reset({ paths: cloudPaths(), progress: progress() });
      if (json) print(json, { reset: true }, []);
    });
