import { InvalidArgumentError, Option } from 'commander';
import { emulatorStatus, type RunRecord } from '../cloud/emulator.ts';
import type { CloudPaths } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';

export const jsonOption = (): Option =>
  new Option('--json', 'answer with one JSON document on standard output');

export const verboseOption = (): Option => new Option('--verbose', 'show the output of the tools');

export const portOption = (): Option =>
  new Option('--port <port>', 'where the cloud listens (default: 4566, or where it runs already)').argParser(
    (text) => {
      const port = Number(text);
      if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
      throw new InvalidArgumentError('a port is a number from 1 to 65535');
    },
  );

export const languageOption = (): Option =>
  new Option('--lang <language>', 'the language of the story').choices(['en', 'hi']).default('en');

/** @throws {CloudProblem} it does not run */
export const runningCloud = (paths: CloudPaths): RunRecord => {
  const status = emulatorStatus(paths);
  if (status.kind === 'running') return status.run;
  throw new CloudProblem(
    status.kind === 'died' ? 'The cloud is not running: its emulator died.' : 'The cloud is not running.',
    ['npm start'],
  );
};
