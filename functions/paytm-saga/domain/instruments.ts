/** What is special about each way to pay: who approves it, until when, and what the law says of it. */
import { kolkata } from '../../../shared/time/index.ts';
import type { EmiMonths, Method, UpiOrder } from '../contract.ts';
import { UpiCollectEndedError } from './errors.ts';

/** The payer approves with a device of their own: by a link or QR in a UPI app, by a request in it, or on the bank's page. */
export type ApprovalFlow = 'intent' | 'qr' | 'collect' | 'page';

export interface Approval {
  readonly flow: ApprovalFlow;
  /** ISO 8601. Nobody can approve it from then on. */
  readonly expiresAt: string;
}

/** A payment by EMI: the bank pays at once, and its customer pays the bank month by month. */
export interface Instalments {
  readonly months: EmiMonths;
}

/**
 * Who pays by UPI or net banking approves each payment; a card or wallet is authorized when it is presented.
 *
 * @param now when the payment was accepted
 * @param deadline when it turns back without an approval; no request outlives it
 */
export const approvalOf = (
  method: Method,
  upi: Pick<UpiOrder, 'flow' | 'expiresInSeconds'> | undefined,
  { now, deadline }: { now: Date; deadline: Date },
): Approval | undefined => {
  if (method === 'net_banking') return { flow: 'page', expiresAt: deadline.toISOString() };
  if (method !== 'upi') return undefined;
  const { flow = 'intent', expiresInSeconds } = upi ?? {};
  const wished =
    expiresInSeconds === undefined ? deadline : new Date(now.getTime() + expiresInSeconds * 1000);
  return { flow, expiresAt: (wished < deadline ? wished : deadline).toISOString() };
};

/**
 * UPI collect, where a merchant asks for money in the payer's app, is a dated rule: NPCI ended it for merchants on
 * 28 Feb 2026, with exemptions by the merchant's category (MCC), the channel, and the purpose.
 * @see https://razorpay.com/docs/announcements/upi-collect-migration
 */
export const COLLECT = {
  lastDay: '2026-02-28',
  categories: ['6012', '6211'],
  channels: ['ios_app', 'mobile_web'],
  purposes: ['mandate', 'e_rupi', 'cross_border'],
} as const;

/**
 * @param at when the payment was accepted; the day is one of Asia/Kolkata
 * @throws {UpiCollectEndedError} it is a collect request, after its last day and without an exemption; a retry cannot help
 */
export const checkCollect = (
  { flow, channel, purpose }: Partial<Pick<UpiOrder, 'flow' | 'channel' | 'purpose'>>,
  category: string | undefined,
  at: Date,
): void => {
  if (flow !== 'collect' || kolkata(at).date <= COLLECT.lastDay) return;
  const among = (exempt: readonly string[], one: string | undefined) =>
    one !== undefined && exempt.includes(one);
  const isExempt =
    among(COLLECT.categories, category) ||
    among(COLLECT.channels, channel) ||
    among(COLLECT.purposes, purpose);
  if (!isExempt) throw new UpiCollectEndedError({ lastDay: COLLECT.lastDay });
};

/**
 * What a UPI app opens, or scans as a QR.
 *
 * @param reference letters and digits alone, as NPCI wants transaction ids since 1 Feb 2025; nothing that wakes a machine
 * @see https://www.npci.org.in UPI Linking Specifications 1.6
 */
export const upiLink = ({ merchant, name, amount, reference }: UpiPayee): string => {
  const asked = new URLSearchParams({
    pa: `${merchant}@dabbawala`,
    pn: name,
    am: `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`,
    cu: 'INR',
    tr: reference,
  });
  return `upi://pay?${asked.toString().replaceAll('+', '%20')}`;
};

interface UpiPayee {
  readonly merchant: string;
  readonly name: string;
  /** In paise. */
  readonly amount: number;
  readonly reference: string;
}
