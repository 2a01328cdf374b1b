import { Command } from 'commander';
import { readCity } from '../cloud/city.ts';
import { adoptLocalCloud } from '../cloud/environment.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';
import { jsonOption, runningCloud } from './options.ts';
import { print } from './report.ts';

export const traceCommand = (): Command =>
  new Command('trace')
    .description('what happened under an id: spans and log lines of every function, in order')
    .argument(
      '<id>',
      'a trace id (traceId of an error, or a traceparent), the id of a payment or of an order, or a correlation id',
    )
    .addOption(jsonOption())
    .action(async (id: string, { json }: { json?: boolean }) => {
      const paths = cloudPaths();
      adoptLocalCloud(paths, runningCloud(paths).port);
      // Loaded here, so that no other command waits for SDK clients.
      const { readTrace } = await import('./read-trace.ts');
      const found = await readTrace({ city: readCity(paths), id });
      if (!found) {
        throw new CloudProblem(`Nothing was collected under ${id}.`, [
          'Traces arrive a second or two after the call and are kept for three days.',
        ]);
      }
      print(json, found.document, found.lines);
    });
