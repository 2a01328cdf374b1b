/** What was played, as the committed page shows it. */
export interface PlayedLaws {
  readonly sequences: number;
  readonly seed: number;
  readonly seconds: number;
  /** The commit whose laws were played. */
  readonly commit: string;
  readonly day: Date;
}

/** Only a run in which every law held is written down, so the page has no column for others. */
export const lawsPage = ({
  sequences,
  seed,
  seconds,
  commit,
  day,
}: PlayedLaws): string => `# The laws of the payment saga, over ${sequences.toLocaleString('en-IN')} random sequences

Written by \`npm run bench:laws\` with ${commit} on ${day.toISOString().slice(0, 10)}. A sequence is a payment, or two on one wallet, or a top-up, or several callers with one order, on the interpreter of Step Functions with the real use cases: at every call something may fail, be late, come twice or die, executions run at once, people resume. Every law held, and every retry, catch and branch of the machine was taken. [How they are played](README.md)

| Sequences | Seed | In all | In a second |
| ---: | ---: | ---: | ---: |
| ${sequences.toLocaleString('en-IN')} | ${seed} | ${seconds.toFixed(0)} s | ${(sequences / seconds).toFixed(0)} |
`;
