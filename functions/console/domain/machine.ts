/** Which machine is meant: only those that a system of the city says it has. */
import { InvalidInputError, NotFoundError } from '../../../shared/errors/index.ts';
import { type ConsolePorts, CursorRefused } from './ports.ts';

/** @throws {NotFoundError} no system of the city has a machine of this name */
export const systemOf = async (systems: ConsolePorts['systems'], machine: string): Promise<string> => {
  const owner = (await systems()).find(({ machines }) => machines.includes(machine));
  if (!owner) throw new NotFoundError({ what: 'machine', id: machine });
  return owner.name;
};

/** @throws {InvalidInputError} Step Functions does not know the cursor; without one the list starts anew */
export const withCursor = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CursorRefused)) throw error;
    const expected = 'the cursor of an earlier page';
    const expectedHi = 'किसी पिछले पन्ने का कर्सर';
    throw new InvalidInputError(
      { issues: [{ field: 'query.cursor', expected, expectedHi }] },
      { cause: error },
    );
  }
};
