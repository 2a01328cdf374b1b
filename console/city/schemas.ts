/** The contracts of events, as each system writes them down; loaded when somebody looks at the catalogue. */
import { queryOptions } from '@tanstack/react-query';
import type { SchemaFile } from '../model/catalogue.ts';

const FILES = import.meta.glob<SchemaFile>('../../functions/*/contract.events.json', { import: 'default' });

export const schemasQuery = () =>
  queryOptions({
    queryKey: ['event-schemas'],
    queryFn: () => Promise.all(Object.values(FILES).map((load) => load())),
    staleTime: Number.POSITIVE_INFINITY,
  });
