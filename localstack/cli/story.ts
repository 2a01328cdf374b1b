import { Command } from 'commander';
import { type CityFile, readCity } from '../cloud/city.ts';
import { adoptLocalCloud } from '../cloud/environment.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { CloudProblem } from '../cloud/problem.ts';
import { type Progress, progress } from '../cloud/progress.mjs';
import { jsonOption, languageOption, runningCloud } from './options.ts';
import { print } from './report.ts';

interface Telling {
  readonly system?: string | undefined;
  readonly language: 'en' | 'hi';
  /** Whether the acts that take longer are played too. */
  readonly whole: boolean;
  /** Nothing on standard output, which belongs to a JSON document. */
  readonly quiet: boolean;
  readonly show: Progress;
}

/**
 * Plays the story against a deployed city.
 * @throws {CloudProblem} something differed from what the story expects
 */
export const tellStory = async (
  city: CityFile,
  { system, language, whole, quiet, show }: Telling,
): Promise<void> => {
  const { runStory } = await import('../story/run.ts');
  await show.step('Story', async () => {
    const code = await runStory({
      city,
      lang: language,
      whole,
      out: quiet ? show.note : show.result,
      ...(system === undefined ? {} : { system }),
    });
    if (code === 0) return;
    throw new CloudProblem('The story did not go as it should; the lines above say where.', [
      'The cloud keeps running. Logs: .cloud/logs, and npx --no dabba trace <id>',
    ]);
  });
};

interface StoryOptions {
  readonly lang: 'en' | 'hi';
  readonly json?: boolean;
  readonly short?: boolean;
}

export const storyCommand = (): Command =>
  new Command('story')
    .description('play the story, or the part of one system, against the running city')
    .argument('[system]', 'the system; all when left out')
    .option('--short', 'only the acts that npm start plays')
    .addOption(languageOption())
    .addOption(jsonOption())
    .action(async (system: string | undefined, { lang, json, short }: StoryOptions) => {
      const paths = cloudPaths();
      adoptLocalCloud(paths, runningCloud(paths).port);
      await tellStory(readCity(paths), {
        ...{ system, language: lang, whole: short !== true },
        ...{ quiet: json === true, show: progress() },
      });
      if (json) print(json, { passed: true }, []);
    });
