/** What one payment, or another act, asks of AWS, on the average of a run. */
export interface Use {
  /** States entered, and retries: what Step Functions bills. */
  readonly transitions: number;
  readonly invocations: number;
  /** Of all its invocations, each function's median counting for each of its calls. */
  readonly lambdaMs: number;
  /** Write request units, those of indexes included. */
  readonly writes: number;
  readonly reads: number;
  readonly events: number;
  /** Events that were told to a topic, and to one that keeps order. @default 0 */
  readonly topicEvents?: number;
  readonly fifoTopicEvents?: number;
  /** Messages that went through a queue: each is sent, received and deleted. */
  readonly messages: number;
  /** Those of a queue that keeps order, which are not among the others. @default 0 */
  readonly fifoMessages?: number;
  readonly logBytes: number;
}

/** What goes through the APIs of a system for one act. */
export interface ApiUse {
  readonly requests: number;
  /** Over sockets, in both directions. */
  readonly socketMessages: number;
  readonly connectionMinutes: number;
}

/** A payment, and apart from it the traces that are kept of it. */
export interface KindUse {
  readonly payment: Use;
  readonly traces: Use;
}

/** The ways to pay that are measured. */
export const KINDS = ['at_once', 'approved', 'wallet', 'compensated'] as const;
export type Kind = (typeof KINDS)[number];

/** What the run wrote; the pages are reckoned from it. */
export interface Measured {
  /** The commit that was deployed. */
  readonly commit: string;
  readonly day: string;
  /** How many of each kind. */
  readonly payments: number;
  readonly cores: number;
  /** Of each function, in megabytes. */
  readonly memory: number;
  readonly kinds: { readonly [K in Kind]: KindUse };
}

/** An act of another system, and apart from it the traces that are kept of it. */
export interface ActUse {
  readonly act: Use & ApiUse;
  readonly traces: Use;
}

/** What a run of acts wrote; the pages of their system are reckoned from it. */
export interface MeasuredActs extends Omit<Measured, 'payments' | 'kinds'> {
  /** How often each was done. */
  readonly times: number;
  readonly kinds: { readonly [kind: string]: ActUse };
}

export interface Price {
  readonly usd: number;
  /** `1M requests`: for how much of what. */
  readonly unit: string;
  readonly region: string;
  readonly asOf: string;
  readonly source: string;
}

export interface Prices {
  readonly rupeesPerDollar: { readonly rate: number; readonly asOf: string; readonly source: string };
  readonly items: { readonly [item in Item]: Price };
}

export type Item =
  | 'transitions'
  | 'invocations'
  | 'gbSeconds'
  | 'writes'
  | 'reads'
  | 'events'
  | 'queueRequests'
  | 'fifoQueueRequests'
  | 'topicRequests'
  | 'fifoTopicRequests'
  | 'apiRequests'
  | 'socketMessages'
  | 'connectionMinutes'
  | 'logGigabytes';
