import { Command } from 'commander';
import { type CityFile, readCity } from '../cloud/city.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { jsonOption, runningCloud } from './options.ts';
import { print } from './report.ts';

/** The addresses of a city, a line each. */
export const addressLines = ({ endpoint, urls }: CityFile): readonly string[] => {
  const rows = [['AWS endpoint', endpoint], ...Object.entries(urls)] as const;
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', url]) => `  ${name.padEnd(width)}  ${url}`);
};

export const urlsCommand = (): Command =>
  new Command('urls')
    .description('the addresses of the running city')
    .addOption(jsonOption())
    .action(({ json }: { json?: boolean }) => {
      const paths = cloudPaths();
      runningCloud(paths);
      const city = readCity(paths);
      print(json, { endpoint: city.endpoint, ...city.urls }, addressLines(city));
    });
