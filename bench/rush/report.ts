import type { ManyPlayed } from '../../functions/irctc-booking/rush/workers.fixture.ts';
import { RUNS } from './options.ts';

/** Rushes of one size. */
export interface PlayedSize {
  readonly played: ManyPlayed;
  readonly seconds: number;
}

/** What was played, as the committed page shows it. */
export interface PlayedRushes {
  readonly small: PlayedSize;
  readonly large: PlayedSize;
  readonly seed: number;
  readonly threads: number;
  /** The commit whose laws were played. */
  readonly commit: string;
  readonly day: Date;
}

const count = (number: number): string => number.toLocaleString('en-IN');

/** Only a run in which every law held is written down, so the page has no column for others. */
export const rushPage = ({ small, large, seed, threads, commit, day }: PlayedRushes): string => {
  const row = (name: string, { played, seconds }: PlayedSize) =>
    `| ${[
      ...[name, count(played.runs), count(played.users), count(played.bookings), count(played.paid)],
      ...[count(played.promotions), count(played.moves), `${seconds.toFixed(0)} s`],
      ((seconds * 1000 * threads) / Math.max(played.runs, 1)).toFixed(1),
    ].join(' | ')} |`;
  const fewer =
    small.played.runs < RUNS
      ? `**These are fewer than the million and the hundred that \`npm run rush\` plays:** \`-- --runs ${small.played.runs} --write\` was given, because the machine had much else to do, which the times show too.\n\n`
      : '';
  return `# The laws of railway booking, through ${count(small.played.runs)} rushes

Written by \`npm run rush\` with ${commit} on ${day.toISOString().slice(0, 10)}, from seed ${seed}, on ${threads} threads. A rush is people who want the same few berths at once: they ask, ask again with the same key, pay late or not at all, give tickets back; everything may stop, fail, come again, come in another order or die between any two effects. The use cases are the real ones, store, queues and payment saga are in memory. Every law held. [How they are played](README.md#how-rushes-are-played)

${fewer}| Rushes | Runs | People | Bookings | Tickets | Promotions of a booking | Moves | In all | Milliseconds of a thread for each |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${row('6 to 60 people, 4 to 20 berths', small)}
${row('5,000 people, 140 to 500 berths', large)}
`;
};
