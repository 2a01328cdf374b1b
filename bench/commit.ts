import { execFileSync } from 'node:child_process';
import { ROOT } from '../localstack/cloud/paths.ts';

/** The commit that is measured, short: `77ec5f3`. */
export const measuredCommit = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
