/** Measures what the console's models take of the thread that draws. bench/README.md tells how. */
import { runAfter } from '../../console/model/run.ts';
import { judged, stepsOf } from '../../console/model/saga.ts';
import { waysTaken } from '../../console/model/taken.ts';
import { meant } from '../../console/pages/runs/filter.ts';
import { longHistory, longList, STATES } from './history.ts';

/** How much there is, and how often each thing is done. */
export interface Size {
  readonly events: number;
  readonly runs: number;
  /** Places of the cursor, from the first to the last event. */
  readonly places: number;
  readonly rounds: number;
}

/** Medians in milliseconds, and how many times as long as reading the same from JSON. */
export interface Timed {
  readonly what: string;
  readonly ms: number;
  readonly ofParsing: number;
}

export interface Measured {
  readonly size: Size;
  readonly timed: readonly Timed[];
  /** Of the place of the cursor that takes longest. */
  readonly slowestMoveMs: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const took = (work: () => unknown): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

/** All in turn in each round, so that whatever else the machine does meets all alike; the first round is the compiler's. */
export const measured = (size: Size): Measured => {
  const [events, runs] = [longHistory(size.events), longList(size.runs)];
  const [eventsText, runsText] = [JSON.stringify(events), JSON.stringify(runs)];
  const places = Array.from({ length: size.places }, (_, at) =>
    Math.round(((at + 1) / size.places) * events.length),
  );
  const steps = stepsOf(STATES);
  const now = Date.parse(runs[0]?.startedAt ?? '');
  const filter = { status: '', search: '00000042', hours: 48 };
  const move = (place: number) => {
    const run = runAfter(events.slice(0, place));
    return [waysTaken(run), judged(steps, run.visits, false)];
  };
  const samples = {
    parsed: [] as number[],
    listed: [] as number[],
    folded: [] as number[],
    filtered: [] as number[],
    moved: places.map(() => [] as number[]),
  };
  for (let round = -1; round < size.rounds; round++) {
    const parsed = took(() => JSON.parse(eventsText));
    const folded = took(() => runAfter(events));
    const moved = places.map((place) => took(() => move(place)));
    const listed = took(() => JSON.parse(runsText));
    const filtered = took(() => meant(runs, filter, now));
    if (round < 0) continue;
    samples.parsed.push(parsed);
    samples.folded.push(folded);
    samples.listed.push(listed);
    samples.filtered.push(filtered);
    for (const [at, ms] of moved.entries()) samples.moved[at]?.push(ms);
  }
  const moves = samples.moved.map(median);
  const mean = moves.reduce((sum, ms) => sum + ms, 0) / moves.length;
  const [parsing, listing] = [median(samples.parsed), median(samples.listed)];
  const timed = (what: string, ms: number, baseline: number): Timed => ({
    what,
    ms,
    ofParsing: ms / baseline,
  });
  return {
    size,
    timed: [
      timed('the history, from JSON', parsing, parsing),
      timed('the run at its end: `runAfter`', median(samples.folded), parsing),
      timed('a move of the cursor, with graph and lens, averaged over its places', mean, parsing),
      timed('the list, from JSON', listing, listing),
      timed('the list filtered by name and time: `meant`', median(samples.filtered), listing),
    ],
    slowestMoveMs: Math.max(...moves),
  };
};
