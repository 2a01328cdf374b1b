/** A variable that a handler cannot do without is missing. Thrown at init, so that the first call already fails. */
export class MissingVariableError extends Error {
  override readonly name = 'MissingVariableError';
}

/**
 * Reads a variable of the environment, as text.
 *
 * @throws {MissingVariableError} the stack does not set it: a defect of the stack
 */
export const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new MissingVariableError(`The environment has no ${name}`);
  return value;
};
