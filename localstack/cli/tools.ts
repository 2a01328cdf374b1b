import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { interruptible } from '../cloud/interrupt.ts';
import { ROOT, SHARED_PATHS } from '../cloud/paths.ts';
import { progress } from '../cloud/progress.mjs';
import { ensureVenv } from '../cloud/venv.ts';

const VENV = join(SHARED_PATHS.tools, 'venv');
const HERE = join(ROOT, 'localstack/cli/awslocal');

/** Single quotes around anything, for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Puts `awslocal` into a folder for PATH. What it stands for is installed when it is first called, since most who
 * start the cloud never call it.
 */
export const writeShims = (bin: string): void => {
  const shim = `#!/bin/sh
# awslocal of awscli-local, installed on first use into a virtual environment of its own.
venv=${quoted(VENV)}
[ -x "$venv/bin/awslocal" ] && [ -f "$venv/dabbawala-stamp" ] || ${quoted(process.execPath)} ${quoted(join(ROOT, 'localstack/cli/main.ts'))} tools >&2 || exit 1
export PATH="$venv/bin:$PATH" DISABLE_DEPRECATION_NOTICE=1
exec "$venv/bin/awslocal" "$@"
`;
  mkdirSync(bin, { recursive: true });
  const path = join(bin, 'awslocal');
  if (!existsSync(path) || readFileSync(path, 'utf8') !== shim) writeFileSync(path, shim);
  chmodSync(path, 0o755);
};

export const toolsCommand = (): Command =>
  new Command('tools').description('install awslocal (awscli-local and awscli)').action(async () => {
    await progress().step('Installing awslocal', () =>
      ensureVenv({
        folder: VENV,
        requirements: join(HERE, 'requirements.txt'),
        fromSource: { name: 'localstack-client', tools: join(HERE, 'build.txt') },
        log: join(SHARED_PATHS.tools, 'install'),
        signal: interruptible(),
      }),
    );
  });
