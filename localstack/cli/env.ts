import { join } from 'node:path';
import { Command, Option } from 'commander';
import { localAws } from '../cloud/environment.ts';
import { cloudPaths, SHARED_PATHS } from '../cloud/paths.ts';
import { jsonOption, runningCloud } from './options.ts';
import { print } from './report.ts';
import { writeShims } from './tools.ts';

type Shell = 'sh' | 'fish';

/** Variables of the user's that would win over ours. */
const UNSET = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN'] as const;

/**
 * The lines that make a shell talk to the local cloud; for `eval "$(npx --no dabba env)"`, and in fish
 * `npx --no dabba env --shell fish | source`.
 */
export const shellLines = (
  variables: { readonly [name: string]: string },
  firstOnPath: string,
  shell: Shell,
): readonly string[] => {
  const quoted = (text: string) => `'${text.replaceAll("'", shell === 'fish' ? "\\'" : "'\\''")}'`;
  const entries = Object.entries(variables);
  return shell === 'fish'
    ? [
        ...UNSET.map((name) => `set -e ${name};`),
        ...entries.map(([name, value]) => `set -gx ${name} ${quoted(value)};`),
        `contains -- ${quoted(firstOnPath)} $PATH; or set -gx PATH ${quoted(firstOnPath)} $PATH;`,
      ]
    : [
        `unset ${UNSET.join(' ')}`,
        ...entries.map(([name, value]) => `export ${name}=${quoted(value)}`),
        `case ":$PATH:" in *:${quoted(firstOnPath)}:*) ;; *) export PATH=${quoted(firstOnPath)}:"$PATH" ;; esac`,
      ];
};

export const envCommand = (): Command =>
  new Command('env')
    .description('what a shell needs so that aws, awslocal, cdk and cdklocal talk to the running cloud')
    .addOption(new Option('--shell <shell>', 'the dialect').choices(['sh', 'fish']).default('sh'))
    .addOption(jsonOption())
    .action(({ shell, json }: { shell: Shell; json?: boolean }) => {
      const paths = cloudPaths();
      const { port } = runningCloud(paths);
      const bin = join(SHARED_PATHS.tools, 'bin');
      writeShims(bin);
      const local = localAws(paths, port);
      const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, local.NO_PROXY]
        .filter(Boolean)
        .join(',');
      const variables = {
        ...local,
        NO_PROXY: noProxy,
        no_proxy: noProxy,
        // What the LocalStack tools read beside the endpoint.
        EDGE_PORT: String(port),
        LOCALSTACK_HOST: `127.0.0.1:${port}`,
        LOCALSTACK_HOSTNAME: '127.0.0.1',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      };
      print(json, variables, shellLines(variables, bin, shell));
    });
