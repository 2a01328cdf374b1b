/** Somebody pressed Ctrl-C, or asked the process to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** The exit code that shells expect of a command ended by SIGINT. */
export const INTERRUPTED_EXIT = 130;

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that whoever works can end its children and put things right. A second
 * one ends the process at once.
 */
export const interruptible = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED_EXIT);
      controller.abort(new Interrupted(`Stopped by ${name}.`));
    });
  }
  return controller.signal;
};
