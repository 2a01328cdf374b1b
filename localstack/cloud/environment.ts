import { delimiter, dirname, join } from 'node:path';
import { type CloudPaths, SHARED_PATHS } from './paths.ts';

export const REGION = 'ap-south-1';
export const ACCOUNT = '000000000000';

export type Environment = { [name: string]: string };

/** `http://127.0.0.1:4566`: an address without a name, so that no resolver and no proxy takes part. */
export const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;

/** This Node's real folder first, so that `#!/usr/bin/env node` finds Node 24 and never a version manager's shim. */
const pathWithNode = (...before: string[]): string =>
  [...before, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

/** All that a child of ours gets of the user's environment. */
const bare = (paths: CloudPaths): Environment => ({
  PATH: pathWithNode(),
  HOME: paths.emptyHome,
  LANG: process.env.LANG ?? 'C.UTF-8',
  TMPDIR: paths.tmp,
});

/** What makes every AWS SDK and tool talk to the local cloud, with its keys, and look nowhere else for others. */
export const localAws = (paths: CloudPaths, port: number): Environment => ({
  AWS_ENDPOINT_URL: endpointOf(port),
  AWS_ENDPOINT_URL_S3: endpointOf(port),
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_CONFIG_FILE: paths.emptyFile,
  AWS_SHARED_CREDENTIALS_FILE: paths.emptyFile,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
  // cdklocal drops every AWS_* variable but endpoints and what is named here.
  AWS_ENVAR_ALLOWLIST:
    'AWS_REGION,AWS_DEFAULT_REGION,AWS_CONFIG_FILE,AWS_SHARED_CREDENTIALS_FILE,AWS_EC2_METADATA_DISABLED',
  NO_PROXY: '127.0.0.1,localhost,::1',
  no_proxy: '127.0.0.1,localhost,::1',
});

/** Which corrections of the emulator are loaded: `all`, `none`, or names as `launch.py` reads them. */
export const chosenCorrections = (): string => process.env.DABBA_CORRECTIONS || 'all';

/** The environment of the emulator, which every function inherits. */
export const emulatorEnvironment = (
  paths: CloudPaths,
  port: number,
  corrections = chosenCorrections(),
): Environment => ({
  ...bare(paths),
  // As on AWS Lambda.
  TZ: 'UTC',
  // The launcher lies among the sources, which are nobody's cache.
  PYTHONDONTWRITEBYTECODE: '1',
  GATEWAY_PORT: String(port),
  BIND_HOST: '127.0.0.1',
  AUTH: 'true',
  MINISTACK_REGION: REGION,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ENDPOINT_URL: endpointOf(port),
  AWS_EC2_METADATA_DISABLED: 'true',
  PERSIST_STATE: '1',
  // Of a rush a function keeps one worker: hundreds that wait cost the emulator time. Its own default is five minutes.
  LAMBDA_WARM_TTL_SECONDS: '60',
  STATE_DIR: paths.state,
  S3_PERSIST: '1',
  S3_DATA_DIR: paths.objects,
  LOG_LEVEL: 'WARNING',
  DABBA_CORRECTIONS: corrections,
  // Inherited by the functions: what one has compiled the others of its system load, in three quarters of the time.
  NODE_COMPILE_CACHE: join(paths.tmp, 'compiled'),
  // Inherited too: a fault that was armed before a stop is there after it, as its table is.
  FAULT_MARKS: paths.faultMarks,
  // Listeners that nobody here uses.
  IOT_MTLS_ENABLED: '0',
  SFTP_ENABLED: '0',
});

/** The environment of `cdklocal` and of the synthesis. */
export const deployEnvironment = (paths: CloudPaths, port: number): Environment => ({
  ...bare(paths),
  ...localAws(paths, port),
  PATH: pathWithNode(SHARED_PATHS.bin),
  CDK_DISABLE_VERSION_CHECK: '1',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  NO_COLOR: '1',
  CI: 'true',
});

/** For a tool that works on our files and asks nobody. */
export const toolEnvironment = (paths: CloudPaths): Environment => ({
  ...bare(paths),
  NO_COLOR: '1',
  CI: 'true',
});

/** Makes this very process a client of the local cloud: every AWS_* variable of the user's is gone afterwards. */
export const adoptLocalCloud = (
  paths: CloudPaths,
  port: number,
  env: NodeJS.ProcessEnv = process.env,
): void => {
  for (const name of Object.keys(env)) if (name.startsWith('AWS_')) delete env[name];
  Object.assign(env, localAws(paths, port));
};
