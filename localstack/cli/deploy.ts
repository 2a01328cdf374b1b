import { Command } from 'commander';
import { interruptible } from '../cloud/interrupt.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { progress } from '../cloud/progress.mjs';
import { up } from '../cloud/up.ts';
import { jsonOption, runningCloud, verboseOption } from './options.ts';
import { print } from './report.ts';

export const deployCommand = (): Command =>
  new Command('deploy')
    .description('deploy what has changed to the running cloud')
    .argument('[systems...]', 'only these systems and what they need; all when left out')
    .option('--prune', 'delete what the code no longer has, with its data')
    .addOption(verboseOption())
    .addOption(jsonOption())
    .action(
      async (systems: readonly string[], flags: { prune?: boolean; verbose?: boolean; json?: boolean }) => {
        const { prune = false, verbose = false, json } = flags;
        const paths = cloudPaths();
        runningCloud(paths);
        const city = await up({
          paths,
          verbose,
          prune,
          progress: progress({ verbose }),
          signal: interruptible(),
          systems,
        });
        if (json) print(json, city, []);
      },
    );
