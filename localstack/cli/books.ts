import { Command } from 'commander';
import { readCity } from '../cloud/city.ts';
import { adoptLocalCloud } from '../cloud/environment.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';
import { jsonOption, languageOption, runningCloud } from './options.ts';
import { print } from './report.ts';

export const booksCommand = (): Command =>
  new Command('books')
    .description('whether the books of the running city hold: six equations; ends with 1 when one does not')
    .option(
      '--wait <seconds>',
      'how long a difference may last: events come after what they tell',
      Number,
      20,
    )
    .addOption(languageOption())
    .addOption(jsonOption())
    .action(async ({ wait, lang, json }: { wait: number; lang: 'en' | 'hi'; json?: boolean }) => {
      const paths = cloudPaths();
      adoptLocalCloud(paths, runningCloud(paths).port);
      const city = readCity(paths);
      for (const system of ['identity', 'sandbox-bank', 'paytm-saga']) {
        if (!city.urls[system])
          throw new CloudProblem(`${system} is not deployed, so there are no books.`, ['npm start']);
      }
      const { closeCityBooks } = await import('../story/city-books.ts');
      const { openStage } = await import('../story/stage.ts');
      const equations = await closeCityBooks(openStage(city), { timeoutMs: wait * 1000 });
      print(
        json,
        equations.map(({ what, holds, seen }) => ({ what: what[lang], holds, seen: seen[lang] })),
        equations.map(({ what, holds, seen }) => `${holds ? '✓' : '✗'} ${what[lang]} (${seen[lang]})`),
      );
      if (equations.some(({ holds }) => !holds)) process.exitCode = 1;
    });
