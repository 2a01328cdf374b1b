import { execFileSync } from 'node:child_process';
import { ROOT } from './paths.ts';

const git = (...args: string[]): string[] =>
  execFileSync('git', ['ls-files', '-z', ...args], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);

/** The project's own files of these forms (`*.ts`), those not yet added too, without what is deleted or ignored. */
export const projectFiles = (...forms: string[]): string[] => {
  const deleted = new Set(git('--deleted'));
  return git('--cached', '--others', '--exclude-standard', ...forms).filter((file) => !deleted.has(file));
};
