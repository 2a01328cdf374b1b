import type { HistoryLine } from '../../../shared/effects/index.ts';
import { HistoryEntry, type HistoryWhat, OPERATORS_ONLY } from '../contract.history.ts';
import type { Facts } from './payment.ts';

type Say = (errorName: string, facts: object) => string;

/**
 * What a caller sees of one line of a payment's history, or nothing. A payer sees what came of it, with the reason in
 * their language; an operator also who did it, and what it moved.
 */
export const entryOf = (line: HistoryLine, say: Say, isOperator: boolean): HistoryEntry | undefined => {
  const what = line.what as HistoryWhat; // ours alone: written by `happened`
  if (OPERATORS_ONLY.has(what) && !isOperator) return undefined;
  const { error, errorFacts, by, after, next, note, ...facts } = line.facts;
  const isToldWhy = isOperator || what.startsWith('refund_');
  return HistoryEntry.parse({
    ...{ at: line.at, what, ...facts },
    ...(error === undefined
      ? {}
      : { reason: { name: error, detail: say(String(error), (errorFacts ?? {}) as Facts) } }),
    ...(isToldWhy && note !== undefined ? { note } : {}),
    ...(isOperator ? auditOf(line) : {}),
  });
};

const auditOf = ({ facts: { by, after, next }, actor, transaction, postings }: HistoryLine) => ({
  ...(by === undefined ? {} : { by }),
  ...(after === undefined ? {} : { after }),
  ...(next === undefined ? {} : { next }),
  ...(actor === undefined ? {} : { execution: actor }),
  ...(transaction === undefined ? {} : { transaction, postings }),
});
