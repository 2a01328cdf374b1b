import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type CityFile, readCity } from '../cloud/city.ts';
import { adoptLocalCloud } from '../cloud/environment.ts';
import { cloudPaths, ROOT } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';
import { jsonOption, runningCloud } from './options.ts';
import { print } from './report.ts';

interface TraceModule {
  /** Reads what was collected of a trace: the document for `--json`, and lines to show; undefined when unknown. */
  readTrace(options: {
    city: CityFile;
    id: string;
  }): Promise<{ document: unknown; lines: readonly string[] } | undefined>;
}

export const traceCommand = (): Command =>
  new Command('trace')
    .description('what happened under a trace id: spans and log lines of every function, in order')
    .argument('<id>', 'the trace id, as in a traceparent header or in traceId of an error')
    .addOption(jsonOption())
    .action(async (id: string, { json }: { json?: boolean }) => {
      const paths = cloudPaths();
      adoptLocalCloud(paths, runningCloud(paths).port);
      const file = join(ROOT, 'localstack/story/trace.ts');
      const module: TraceModule | undefined = existsSync(file) ? await import(file) : undefined;
      const found = await module?.readTrace({ city: readCity(paths), id });
      if (!found) {
        throw new CloudProblem(`Nothing was collected under the trace ${id}.`, [
          'Traces arrive a second or two after the call and are kept for three days.',
        ]);
      }
      print(json, found.document, found.lines);
    });
