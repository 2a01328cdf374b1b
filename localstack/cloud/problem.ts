/**
 * Something that the user can mend: printed as a sentence with what to do, without a stack, and the command ends
 * with 1. Anything else that is thrown is a defect of ours and keeps its stack.
 */
export class CloudProblem extends Error {
  override readonly name = 'CloudProblem';
  /** What to do about it, a line each. */
  readonly remedies: readonly string[];

  constructor(what: string, remedies: string | readonly string[] = [], options?: ErrorOptions) {
    super(what, options);
    this.remedies = typeof remedies === 'string' ? [remedies] : remedies;
  }
}

/** The message of whatever was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
