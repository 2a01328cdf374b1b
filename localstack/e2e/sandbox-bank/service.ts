import { routes } from '../../../functions/sandbox-bank/contract.ts';
import { client } from '../../../shared/http/index.ts';
import type { CityFile } from '../../cloud/city.ts';
import { serviceOf } from '../service.ts';

/**
 * The bank's doors as one of our systems sees them, with that system's own secret. Each call is one attempt: what the
 * bank says first is what a test asks for.
 */
export const bankAs = (system: string, city: CityFile) => {
  const service = serviceOf(system, city);
  const baseUrl = city.systems['sandbox-bank']?.url ?? '';
  const token = () => service('sandbox-bank');
  return client({ baseUrl, peer: 'sandbox-bank', token, attempts: 1 }, routes);
};
