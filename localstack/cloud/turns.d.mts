export interface Holder {
  readonly pid: number;
  /** Tells the process from a later one with its number. */
  readonly identity: string;
  /** `up`, `npm ci`, …: for who waits, or is refused. */
  readonly doing: string;
}

export interface Turn {
  readonly lock: string;
  readonly doing: string;
  readonly onWait?: (holder: Holder) => void;
  readonly signal?: AbortSignal;
}

export function takeLock(lock: string, doing: string): Holder | undefined;
export function holding<T>(lock: string, work: () => Promise<T>): Promise<T>;
/** @throws the signal's reason, when it came before our turn did */
export function inTurn<T>(turn: Turn, work: () => Promise<T>): Promise<T>;
