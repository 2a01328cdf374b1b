import type { ReconciliationView } from '../contract.closing.ts';
import type { Difference, OpenItem, Reading } from './reconciliation.ts';

interface Seen {
  readonly day: string;
  readonly kind: 'final' | 'interim';
  readonly status: 'asked' | 'in_progress' | 'done';
  readonly until?: string;
  readonly bank?: Reading;
  readonly ledger?: Reading;
  readonly differences?: readonly Difference[];
  readonly inTransit?: readonly OpenItem[];
}

/** What an operator sees of a reconciliation; what it has found is told when it is done. */
export const reconciliationViewOf = ({ day, kind, status, until, ...found }: Seen): ReconciliationView => {
  const { bank, ledger, differences, inTransit } = found;
  if (status !== 'done' || !bank || !ledger) return { day, kind, status: 'in_progress' };
  return {
    ...{ day, kind, status, until },
    ...{ bankBalance: bank.balance, ledgerBalance: ledger.balance },
    ...{ bankLines: bank.lines, ledgerLines: ledger.lines },
    ...{ differences: [...(differences ?? [])], inTransit: [...(inTransit ?? [])] },
  };
};
