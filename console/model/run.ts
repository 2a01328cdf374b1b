/** What a run had done after so many of its events: the one model behind graph, timeline, list and cursor. */
import type { RunEvent } from '../../functions/console/contract.ts';

/** One time that a worker was asked. */
export interface Attempt {
  /** The events of it that are known; the first is the asking, unless that is not loaded. */
  readonly events: readonly number[];
  /** ISO 8601; absent where the asking is not loaded. */
  readonly scheduledAt?: string;
  readonly startedAt?: string;
  /** The worker was told, and whoever holds the token may answer. */
  readonly submittedAt?: string;
  readonly endedAt?: string;
  readonly outcome: 'open' | 'succeeded' | 'failed' | 'timed_out';
  readonly error?: string;
}

/** One time that a state was entered. A state that is entered again is another visit, and so is each turn of a Map. */
export interface Visit {
  /** Absent where the beginning is not loaded and nothing else said it. */
  readonly state?: string;
  /** `Task`, `Choice`, `Parallel` …; a kind of tomorrow as it calls itself. */
  readonly kind: string;
  readonly enteredAt?: string;
  /** The event after which it was entered: one of the state before it, or of what it runs in. */
  readonly after?: number;
  readonly exitedAt?: string;
  readonly attempts: readonly Attempt[];
  /**
   * `caught`: its last attempt failed and the machine knew a way on; `aborted`: something else ended it; `unknown`: what
   * became of it is not loaded.
   */
  readonly outcome: 'open' | 'done' | 'caught' | 'failed' | 'aborted' | 'unknown';
  readonly events: readonly number[];
  /** The place in `visits` of the Parallel or Map in which it runs, and of the visit with which its branch began. */
  readonly within?: number;
  readonly branch?: number;
}

export interface Run {
  readonly outcome: 'open' | 'succeeded' | 'failed' | 'timed_out' | 'aborted';
  /** In the order in which they were entered. */
  readonly visits: readonly Visit[];
  /** Events that belong to no visit: the beginning, the end, a redrive, and what nobody here knows. */
  readonly own: readonly number[];
  /** Which ids are not among the events: the first and the last of each gap. */
  readonly missing: readonly { readonly from: number; readonly to: number }[];
}

/**
 * The run after these events, given in the order of their ids, with gaps where they are not loaded. Whose event it is
 * says the event before it and not the time, since branches run at once; a failed attempt fails no state, since it may
 * be tried again; only what the machine said ended has ended.
 */
export const runAfter = (events: readonly RunEvent[]): Run => {
  const folding = new Folding();
  for (const event of events) folding.take(event);
  return folding.run;
};

const ENDINGS: { readonly [type: string]: Exclude<Run['outcome'], 'open'> } = {
  ExecutionSucceeded: 'succeeded',
  ExecutionFailed: 'failed',
  ExecutionTimedOut: 'timed_out',
  ExecutionAborted: 'aborted',
};
/** Whether an event is the end of an execution, unless it is redriven. */
export const isEnding = (type: string): boolean => Object.hasOwn(ENDINGS, type);

const ENTERED = /^(?<kind>\w+)StateEntered$/;
const EXITED = /^(?<kind>\w+)StateExited$/;
const OF_ATTEMPT =
  /^(?:Task|LambdaFunction|Activity)(?<what>Scheduled|ScheduleFailed|Started|StartFailed|StartTimedOut|Submitted|SubmitFailed|Succeeded|Failed|TimedOut)$/;
/** What a Parallel or Map says of itself while its branches run. */
const OF_BRANCHES = /^(?<kind>Parallel|Map)(?:State|Iteration|Run)(?<what>\w+)$/;

/** It has not ended, as far as is known. */
export const isUnderWay = ({ outcome }: Pick<Visit, 'outcome'>): boolean =>
  outcome === 'open' || outcome === 'unknown';

/** What a redrive runs again. */
export const isUnsuccessful = ({ outcome }: Pick<Visit, 'outcome'>): boolean =>
  outcome === 'failed' || outcome === 'aborted';

type Open<T> = { -readonly [key in keyof T]: T[key] extends readonly (infer U)[] ? U[] : T[key] };
type OpenVisit = Omit<Open<Visit>, 'attempts'> & { attempts: Open<Attempt>[] };

class Folding {
  private outcome: Run['outcome'] = 'open';
  private readonly visits: OpenVisit[] = [];
  private readonly own: number[] = [];
  private readonly missing: { from: number; to: number }[] = [];
  /** Which visit an event belongs to; `undefined` for those of the run itself. */
  private readonly owners = new Map<number, number | undefined>();
  private last = 0;

  get run(): Run {
    const { outcome, visits, own, missing } = this;
    return { outcome, visits, own, missing };
  }

  take(event: RunEvent): void {
    if (event.id > this.last + 1) this.skip(event.id - 1);
    this.last = event.id;
    // The emulator as it is published does not say what came before; there nothing runs at once.
    const owner = this.applied(event.previous > 0 ? event : { ...event, previous: event.id - 1 });
    this.owners.set(event.id, owner);
    (owner === undefined ? this.own : (this.visits[owner]?.events ?? [])).push(event.id);
  }

  /** What was under way may have gone on in what is not loaded. */
  private skip(to: number): void {
    this.missing.push({ from: this.last + 1, to });
    for (const visit of this.visits) if (visit.outcome === 'open') visit.outcome = 'unknown';
  }

  private applied(event: RunEvent): number | undefined {
    const { type } = event;
    const entered = ENTERED.exec(type)?.groups?.kind;
    if (entered) return this.enter(event, entered);
    const exited = EXITED.exec(type)?.groups?.kind;
    if (exited) return this.exit(event, exited);
    const attempt = OF_ATTEMPT.exec(type)?.groups?.what;
    if (attempt) return this.attempt(event, attempt);
    if (type === 'EvaluationFailed') return this.evaluation(event);
    const branches = OF_BRANCHES.exec(type)?.groups;
    if (branches) return this.branches(event, branches.kind ?? '', branches.what ?? '');
    const ending = ENDINGS[type];
    if (ending) return this.end(event, ending);
    if (type === 'ExecutionRedriven') this.outcome = 'open';
    if (type.startsWith('Execution')) return undefined;
    return this.owners.get(event.previous);
  }

  private enter(event: RunEvent, kind: string): number {
    return this.begin({
      ...(event.facts.name === undefined ? {} : { state: String(event.facts.name) }),
      ...{ kind, enteredAt: event.at, after: event.previous },
      ...this.placeAfter(event.previous),
    });
  }

  /** In which branch of which Parallel or Map something begins that came after this event. */
  private placeAfter(previous: number): Pick<Visit, 'within' | 'branch'> {
    const owner = this.owners.get(previous);
    const before = owner === undefined ? undefined : this.visits[owner];
    if (owner === undefined || before === undefined) return {};
    if (before.outcome === 'open' && isBranched(before.kind)) {
      return { within: owner, branch: this.visits.length };
    }
    const { within, branch } = before;
    return within === undefined || branch === undefined ? {} : { within, branch };
  }

  private exit(event: RunEvent, kind: string): number {
    const name = event.facts.name === undefined ? undefined : String(event.facts.name);
    const at =
      this.climb(event.previous, (visit) => visit.state === name && isUnderWay(visit)) ??
      this.lastUnderWay(name) ??
      this.begin({ ...(name === undefined ? {} : { state: name }), kind });
    const visit = this.at(at);
    visit.exitedAt = event.at;
    const failed = visit.attempts.at(-1)?.outcome;
    visit.outcome = failed === 'failed' || failed === 'timed_out' ? 'caught' : 'done';
    return at;
  }

  private attempt(event: RunEvent, what: string): number {
    const own = this.climb(event.previous, ({ kind }) => !isBranched(kind));
    const isOpen = own !== undefined && this.at(own).outcome === 'open';
    const at = (isOpen ? own : (this.reopened() ?? own)) ?? this.begin({ kind: 'Task' });
    const visit = this.at(at);
    visit.outcome = 'open';
    if (what === 'Scheduled' || visit.attempts.at(-1)?.outcome !== 'open') {
      visit.attempts.push({ events: [], outcome: 'open' });
    }
    const attempt = visit.attempts.at(-1) as Open<Attempt>;
    attempt.events.push(event.id);
    if (what === 'Scheduled') attempt.scheduledAt = event.at;
    else if (what === 'Started') attempt.startedAt = event.at;
    else if (what === 'Submitted') attempt.submittedAt = event.at;
    else {
      attempt.endedAt = event.at;
      attempt.outcome = what === 'Succeeded' ? 'succeeded' : /TimedOut$/.test(what) ? 'timed_out' : 'failed';
      if (event.facts.error !== undefined) attempt.error = String(event.facts.error);
    }
    return at;
  }

  /** An expression of a state failed, before its worker was asked or after it had answered: that try of it did. */
  private evaluation({ id, previous, at: endedAt, facts }: RunEvent): number {
    const named = facts.state === undefined ? {} : { state: String(facts.state) };
    const at = this.owners.get(previous) ?? this.begin({ ...named, kind: 'Task' });
    const { attempts } = this.at(at);
    const last = attempts.at(-1);
    const isOver = last === undefined || last.outcome === 'failed' || last.outcome === 'timed_out';
    const attempt: Open<Attempt> = isOver ? { events: [], outcome: 'failed' } : last;
    if (isOver) attempts.push(attempt);
    attempt.events.push(id);
    attempt.endedAt = endedAt;
    attempt.outcome = 'failed';
    if (facts.error !== undefined) attempt.error = String(facts.error);
    return at;
  }

  /** After a redrive the state that did not succeed goes on, without being entered again. */
  private reopened(): number | undefined {
    const at = this.outcome === 'open' ? this.visits.findLastIndex(isUnsuccessful) : -1;
    const isLast = at >= 0 && this.visits.every(({ outcome }) => outcome !== 'open');
    if (!isLast) return undefined;
    this.at(at).outcome = 'open';
    return at;
  }

  private branches(event: RunEvent, kind: string, what: string): number | undefined {
    const at = this.climb(event.previous, (visit) => visit.kind === kind);
    if (at !== undefined && /^(Failed|Aborted)$/.test(what)) {
      for (const visit of this.visits) if (this.isInside(visit, at)) endUnfinished(visit);
    }
    return at;
  }

  private end(event: RunEvent, outcome: Exclude<Run['outcome'], 'open'>): undefined {
    this.outcome = outcome;
    const cause = outcome === 'failed' ? this.owners.get(event.previous) : undefined;
    for (const [at, visit] of this.visits.entries()) {
      if (at === cause && isUnderWay(visit)) visit.outcome = 'failed';
      else endUnfinished(visit);
    }
    return undefined;
  }

  /** The nearest visit around an event that is meant: its own, or the Parallel or Map in which that runs, and so on. */
  private climb(event: number, isMeant: (visit: OpenVisit) => boolean): number | undefined {
    let at = this.owners.get(event);
    while (at !== undefined && !isMeant(this.at(at))) at = this.at(at).within;
    return at;
  }

  /** Behind a gap nothing says whose an exit is but its name. */
  private lastUnderWay(name: string | undefined): number | undefined {
    const at = this.visits.findLastIndex((visit) => visit.outcome === 'unknown' && visit.state === name);
    return at < 0 ? undefined : at;
  }

  private isInside(visit: OpenVisit, container: number): boolean {
    let at = visit.within;
    while (at !== undefined && at !== container) at = this.at(at).within;
    return at !== undefined;
  }

  private begin(visit: Omit<OpenVisit, 'attempts' | 'outcome' | 'events'>): number {
    return this.visits.push({ ...visit, attempts: [], outcome: 'open', events: [] }) - 1;
  }

  private at(index: number): OpenVisit {
    return this.visits[index] as OpenVisit;
  }
}

const isBranched = (kind: string): boolean => kind === 'Parallel' || kind === 'Map';

/** Ends what nobody will go on with: it failed if its last attempt did, and else something else ended it. */
const endUnfinished = (visit: OpenVisit): void => {
  if (!isUnderWay(visit)) return;
  const last = visit.attempts.at(-1)?.outcome;
  visit.outcome = visit.kind === 'Fail' || last === 'failed' || last === 'timed_out' ? 'failed' : 'aborted';
};
