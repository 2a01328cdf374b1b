import { readFacts } from '../../../shared/errors/index.ts';
import type { Facts } from './payment.ts';

/**
 * What an error said, as Step Functions hands it on, and the facts in it. A Lambda's cause is JSON with a stack in it;
 * what is kept is the message, and not more than a line.
 */
export const saidIn = (cause: string): { readonly cause: string; readonly facts: Facts } => {
  const message = messageOf(cause).slice(0, 200);
  return { cause: message, facts: readFacts(message) };
};

const messageOf = (cause: string): string => {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return String(errorMessage ?? cause);
  } catch {
    return cause; // not JSON: a text of the machine's own
  }
};
