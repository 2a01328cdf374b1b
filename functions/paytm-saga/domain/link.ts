import type { Caller } from '../../../shared/http/index.ts';
import type { Paise } from '../../../shared/money/index.ts';
import type { LinkId, UserId } from '../contract.ts';

/** A payer's consent that a system may charge them. What they agreed to never changes; it ends. */
export interface Link {
  readonly id: LinkId;
  readonly user: UserId;
  /** The one system that may use it. */
  readonly system: string;
  /** The most that one payment may be. */
  readonly upTo: Paise;
  readonly createdAt: string;
  readonly endedAt?: string;
}

/** Whether a caller is the system that a link was made for. */
export const isFor = ({ system }: Pick<Link, 'system'>, { subject }: Caller): boolean =>
  subject === `service:${system}`;
