/**
 * Every error of the house is an interface: a Catch, a problem's type and a message key are its name. So each has a test
 * that calls it by this name, and a check counts them.
 */

/** A file of the project with its text. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

const OF_TESTS = /\.(?:test|fixture)\.ts$/;
const CLASS = /\bclass (\w+Error)\b[^{]*\bextends\b/g;

/** The errors that no test names, each with the file that has it, and how many there are in all. */
export const namedByNoTest = (sources: readonly Source[]): { errors: number; missing: string[] } => {
  const tests = sources.filter(({ file }) => OF_TESTS.test(file)).map(({ text }) => text);
  const errors = sources
    .filter(({ file }) => !OF_TESTS.test(file))
    .flatMap(({ file, text }) => [...text.matchAll(CLASS)].map(([, name]) => ({ file, name: name ?? '' })));
  const missing = errors
    .filter(({ name }) => !tests.some((text) => new RegExp(`\\b${name}\\b`).test(text)))
    .map(({ file, name }) => `${name} of ${file} is named by no test`);
  return { errors: errors.length, missing };
};
