/** What was played, as the committed page shows it. */

export interface Played {
  readonly seconds: number;
}

export interface Circumstances {
  /** The commit that was deployed. */
  readonly commit: string;
  readonly day: Date;
}

/** How many stories of the start and of the end stand for both, so that one slow one says nothing. */
const SAMPLE = 10;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Only stories that went as expected are played on, so the page has no column for others. */
export const storiesPage = (played: readonly Played[], { commit, day }: Circumstances): string => {
  const seconds = played.map((story) => story.seconds);
  const [first, last] = [median(seconds.slice(0, SAMPLE)), median(seconds.slice(-SAMPLE))];
  const total = seconds.reduce((sum, one) => sum + one, 0);
  return `# The story, ${played.length} times in a row on one state

Written by \`npm run bench:stories\` with ${commit} on ${day.toISOString().slice(0, 10)}, in English and Hindi in turn. Each story ends with its table of final states and all books of everything before it; a difference would have ended the run. [How it is measured](README.md)

| Stories | As expected | In all | Median of the first ${SAMPLE} | Of the last ${SAMPLE} | Ratio |
| ---: | ---: | ---: | ---: | ---: | ---: |
| ${played.length} | ${played.length} | ${total.toFixed(0)} s | ${first.toFixed(1)} s | ${last.toFixed(1)} s | ${(last / first).toFixed(2)} |
`;
};
