import { Command, CommanderError } from 'commander';
import { booksCommand } from './books.ts';
import { consoleCommand } from './console.ts';
import { deployCommand } from './deploy.ts';
import { dlqCommand } from './dlq.ts';
import { doctorCommand } from './doctor.ts';
import { downCommand } from './down.ts';
import { envCommand } from './env.ts';
import { exitCodeOf, report } from './report.ts';
import { resetCommand } from './reset.ts';
import { statusCommand } from './status.ts';
import { storyCommand } from './story.ts';
import { toolsCommand } from './tools.ts';
import { traceCommand } from './trace.ts';
import { upCommand } from './up.ts';
import { urlsCommand } from './urls.ts';

const dabba = new Command('dabba')
  .description('The local cloud of Dabbawala')
  .showHelpAfterError()
  .exitOverride();

const commands = [
  ...[upCommand, downCommand, resetCommand, statusCommand, urlsCommand, envCommand, doctorCommand],
  ...[storyCommand, booksCommand, deployCommand, traceCommand, dlqCommand, consoleCommand],
];
for (const command of commands) dabba.addCommand(command().copyInheritedSettings(dabba));
dabba.addCommand(toolsCommand().copyInheritedSettings(dabba), { hidden: true });

try {
  await dabba.parseAsync();
} catch (thrown) {
  // Commander has said what was wrong with the arguments, or shown the help that was asked for.
  if (!(thrown instanceof CommanderError)) report(thrown);
  // At once: what was interrupted may still be under way.
  process.exit(exitCodeOf(thrown));
}
