/** Where a payer's system may be told that its payment has ended. */
import * as z from 'zod';
import { phrase } from '../../shared/messages/index.ts';

/** In one sentence, because every door has it in its bundle. */
export const CALLABLE = {
  en: 'a web address that begins with https://, without a user name, password, or port below 1024',
  hi: 'https:// से शुरू होने वाला वेब पता, बिना यूज़र नाम, पासवर्ड या 1024 से नीचे के पोर्ट के',
};

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
const isCallable = (text: string): boolean => {
  const url = URL.parse(text);
  return url === null || Object.values(callbackRules).every((holds) => holds(url));
};

const error = phrase(CALLABLE);

/**
 * Where a payer's system is called. Plain http to this very machine passes here, so that a city on a laptop can show
 * it; the door refuses it where the stack does not allow it. Which machine a name stands for is looked at when it is
 * called.
 */
export const CallbackUrl = z.url({ error }).max(512).refine(isCallable, { error });
