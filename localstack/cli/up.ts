import { Command } from 'commander';
import { interruptible } from '../cloud/interrupt.ts';
import { cloudPaths } from '../cloud/paths.ts';
import { progress } from '../cloud/progress.mjs';
import { up } from '../cloud/up.ts';
import { signInAddress } from './console.ts';
import { jsonOption, languageOption, portOption, verboseOption } from './options.ts';
import { print } from './report.ts';
import { tellStory } from './story.ts';
import { addressLines } from './urls.ts';

interface UpFlags {
  readonly port?: number;
  readonly stock?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly story: boolean;
  readonly lang: 'en' | 'hi';
}

export const upCommand = (): Command =>
  new Command('up')
    .description('start the cloud, deploy what has changed, play the story (what npm start does)')
    .addOption(portOption())
    .addOption(languageOption())
    .option('--stock', 'start the emulator as it is published, without our corrections')
    .option('--no-story', 'do not play the story')
    .addOption(verboseOption())
    .addOption(jsonOption())
    .action(async ({ port, stock, verbose = false, json, story, lang }: UpFlags) => {
      const signal = interruptible();
      const paths = cloudPaths();
      const show = progress({ verbose });
      const city = await up({
        paths,
        port,
        corrections: stock ? 'none' : undefined,
        verbose,
        progress: show,
        signal,
        ...(story
          ? {
              afterwards: (city) =>
                tellStory(city, { language: lang, whole: false, quiet: json === true, show }),
            }
          : {}),
      });
      const console = json ? undefined : await signInAddress(city, 'operator');
      print(json, city, ['', 'The city runs:', ...addressLines(city), '', ...consoleLines(console), ...NEXT]);
    });

const consoleLines = (address: string | undefined): readonly string[] =>
  address === undefined ? [] : ['Look at it, signed in once within five minutes:', `  ${address}`, ''];

const NEXT = [
  'Stop it, keeping the data:    npm stop',
  'A new address of the console: npx --no dabba console',
  'Talk to it with AWS tools:    eval "$(npx --no dabba env)"',
];
