import { Command, Option } from 'commander';
import type { ConsoleRole } from '../../functions/identity/contract.ts';
import { type CityFile, readCity } from '../cloud/city.ts';
import { pageAddress } from '../cloud/page.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';
import { jsonOption, runningCloud } from './options.ts';
import { print } from './report.ts';

export const consoleCommand = (): Command =>
  new Command('console')
    .description('an address that signs in to the console in the browser: once, within five minutes')
    .addOption(
      new Option('--role <role>', 'what whoever opens it may do: act, or only look')
        .choices(['operator', 'viewer'])
        .default('operator'),
    )
    .addOption(jsonOption())
    .action(async ({ role, json }: { role: ConsoleRole; json?: boolean }) => {
      const paths = cloudPaths();
      runningCloud(paths);
      const address = await signInAddress(readCity(paths), role);
      if (address === undefined) {
        throw new CloudProblem('The console is not deployed.', ['npx --no dabba deploy']);
      }
      print(json, { address, role }, [address]);
    });

/**
 * Where the console signs somebody in; nothing where it, or identity, is not deployed. The code stands behind `#`,
 * which no browser sends.
 */
export const signInAddress = async (city: CityFile, role: ConsoleRole): Promise<string | undefined> => {
  const page = pageAddress(city);
  if (page === undefined || city.urls.identity === undefined) return undefined;
  // Loaded here, so that no other command waits for SDK clients.
  const [{ openStage }, { sessionRoutes }] = await Promise.all([
    import('../story/stage.ts'),
    import('../../functions/identity/contract.sessions.ts'),
  ]);
  const stage = openStage(city);
  const { body } = await stage.as(stage.operator, 'identity', sessionRoutes).createCode({ body: { role } });
  return `${page}#/sign-in?code=${body.code}`;
};
