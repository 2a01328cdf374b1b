/**
 * Writes one line of JSON to the log. Not by `console`: on AWS it puts time and request id before the text, and the
 * line is JSON no more.
 */
export const writeLine = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
