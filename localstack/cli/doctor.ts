import { Command } from 'commander';
import { diagnose, probes } from '../cloud/doctor.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { DEFAULT_PORT } from '../cloud/up.ts';
import { jsonOption, portOption } from './options.ts';
import { print } from './report.ts';

const MARKS = { ok: '✓', note: '·', problem: '✗' } as const;

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('look for what could keep the cloud from starting, and say what to do')
    .addOption(portOption())
    .addOption(jsonOption())
    .action(async ({ port = DEFAULT_PORT, json }: { port?: number; json?: boolean }) => {
      const findings = await diagnose(probes(cloudPaths(), port));
      print(
        json,
        findings,
        findings.flatMap(({ check, verdict, says, remedies = [] }) => [
          `${MARKS[verdict]} ${check}: ${says}`,
          ...remedies.map((line) => `    ${line}`),
        ]),
      );
      if (findings.some(({ verdict }) => verdict === 'problem')) process.exitCode = 1;
    });
