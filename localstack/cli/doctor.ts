import { Command } from 'commander';
import { diagnose, probes } from '../cloud/doctor.ts';
import { emulatorStatus } from '../cloud/emulator.ts';
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
    .action(async ({ port, json }: { port?: number; json?: boolean }) => {
      const paths = cloudPaths();
      const status = emulatorStatus(paths);
      const runsOn = status.kind === 'running' ? status.run.port : DEFAULT_PORT;
      const findings = await diagnose(probes(paths, port ?? runsOn));
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
