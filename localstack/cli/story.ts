import { Command } from 'commander';
import { type CityFile, readCity } from '../cloud/city.ts';
import { adoptLocalCloud } from '../cloud/environment.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';
import { jsonOption, languageOption, runningCloud } from './options.ts';
import { print } from './report.ts';

interface Telling {
  readonly system?: string | undefined;
  readonly language: 'en' | 'hi';
  /** Nothing on standard output, which belongs to a JSON document. */
  readonly quiet: boolean;
}

/**
 * Plays the story against a deployed city.
 * @throws {CloudProblem} something differed from what the story expects
 */
export const tellStory = async (city: CityFile, { system, language, quiet }: Telling): Promise<void> => {
  const { runStory } = await import('../story/run.ts');
  const stream = quiet ? process.stderr : process.stdout;
  const code = await runStory({
    city,
    lang: language,
    out: (line) => stream.write(`${line}\n`),
    ...(system === undefined ? {} : { system }),
  });
  if (code !== 0) {
    throw new CloudProblem('The story did not go as it should; the lines above say where.', [
      'The cloud keeps running. Logs: .cloud/logs, and npx --no dabba trace <id>',
    ]);
  }
};

export const storyCommand = (): Command =>
  new Command('story')
    .description('play the story, or the part of one system, against the running city')
    .argument('[system]', 'the system; all when left out')
    .addOption(languageOption())
    .addOption(jsonOption())
    .action(async (system: string | undefined, { lang, json }: { lang: 'en' | 'hi'; json?: boolean }) => {
      const paths = cloudPaths();
      adoptLocalCloud(paths, runningCloud(paths).port);
      await tellStory(readCity(paths), { system, language: lang, quiet: json === true });
      if (json) print(json, { passed: true }, []);
    });
