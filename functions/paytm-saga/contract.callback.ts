/** What a payer's system is told when its payment has ended, and where it may be told. */
import * as z from 'zod';
import { phrase } from '../../shared/messages/index.ts';
import { Paise } from '../../shared/money/index.ts';
import { PaymentId } from './contract.views.ts';

export const HTTPS = {
  en: 'a web address that begins with https://',
  hi: 'https:// से शुरू होने वाला वेब पता',
};
const NOBODY = phrase({
  en: 'a web address without a user name or password',
  hi: 'ऐसा वेब पता जिसमें यूज़र नाम या पासवर्ड न हो',
});
const PORT = phrase({
  en: 'a web address without a port, or with one of 1024 or above',
  hi: 'ऐसा वेब पता जिसमें पोर्ट न हो, या 1024 या उससे ऊपर का हो',
});

/** Who reads mail or terminals listens below it; the one of https alone may be called there. */
const FIRST_FREE_PORT = 1024;

/** Whether an address names the machine that reads it. */
const isLoopbackName = ({ hostname }: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

export const callbackRules = {
  /** Plain http only to the machine itself; {@link CallbackUrl} says more. */
  scheme: (url: URL) => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url)),
  credentials: ({ username, password }: URL) => username === '' && password === '',
  /** An empty port is that of the scheme. */
  port: ({ protocol, port }: URL) => (port === '' ? protocol === 'https:' : Number(port) >= FIRST_FREE_PORT),
} as const;

/** What is no address at all is another rule's to refuse. */
const keeps = (rule: (url: URL) => boolean) => (text: string) => {
  const url = URL.parse(text);
  return url === null || rule(url);
};

/**
 * Where a payer's system is called. Plain http to this very machine passes here, so that a city on a laptop can show
 * it; the door refuses it where the stack does not allow it. Which machine a name stands for is looked at when it is
 * called.
 */
export const CallbackUrl = z
  .url({ error: phrase(HTTPS) })
  .max(512)
  .refine(keeps(callbackRules.scheme), { error: phrase(HTTPS) })
  .refine(keeps(callbackRules.credentials), { error: NOBODY })
  .refine(keeps(callbackRules.port), { error: PORT });

/** The body of a callback. Only ids, amounts and what the payer called it; whoever wants more asks the door. */
export const Callback = z.object({
  type: z.enum(['payment.completed', 'payment.refused', 'payment.compensated']),
  /** When it ended, ISO 8601 UTC; `webhook-timestamp` is when it was told. */
  timestamp: z.iso.datetime(),
  data: z.object({
    /** The same as `webhook-id`: who has seen it has seen the callback. */
    event: z.string(),
    payment: PaymentId,
    /** What the payer calls it. */
    reference: z.string(),
    status: z.enum(['completed', 'refused', 'compensated']),
    /** In paise. */
    amount: Paise,
    currency: z.literal('INR'),
  }),
});
export type Callback = z.infer<typeof Callback>;
