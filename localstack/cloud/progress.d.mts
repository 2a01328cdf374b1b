/** Tells the user how a long command goes. */
export interface Progress {
  /** Shows a step while it runs, and how long it took; `detail` replaces what stands behind its title. */
  step<T>(title: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T>;
  /** A line for good, in the middle of a step too. */
  note(text: string): void;
  /** A line of what the command is for, on standard output, in the middle of a step too. */
  result(text: string): void;
}

export function progress(options?: {
  verbose?: boolean;
  /** @default standard error */
  out?: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
}): Progress;

/** `1.2 s` since a moment of performance.now() */
export function secondsSince(started: number): string;
