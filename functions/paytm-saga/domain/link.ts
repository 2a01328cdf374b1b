import type { Caller } from '../../../shared/http/index.ts';
import type { Paise } from '../../../shared/money/index.ts';
import type { LinkId, UserId } from '../contract.ts';

/** A payer's consent that a system may charge them. What they agreed to never changes; it ends. */
export interface Link {
  readonly id: LinkId;
  readonly user: UserId;
  /** The one system that may use it. */
  readonly system: string;
  /** Whom of its customers it may charge by it, by the system's own name for them. */
  readonly customer: string;
  /** The most that one payment may be. */
  readonly upTo: Paise;
  readonly createdAt: string;
  readonly endedAt?: string;
}

/**
 * Whether a caller is the system that a link was made for, and means the customer: who has learnt the id of another's link
 * cannot have it charged for themselves.
 */
export const isFor = (
  link: Pick<Link, 'system' | 'customer'>,
  { subject }: Caller,
  customer: string | undefined,
): boolean => subject === `service:${link.system}` && customer === link.customer;
