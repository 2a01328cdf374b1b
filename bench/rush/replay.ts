import { play } from '../../functions/irctc-booking/rush/play.fixture.ts';
import type { Defect } from '../../functions/irctc-booking/rush/ports.fixture.ts';
import { quiet } from '../../functions/irctc-booking/rush/quiet.fixture.ts';
import type { Size } from '../../functions/irctc-booking/rush/scene.fixture.ts';

interface Replayed {
  readonly seed: number;
  readonly size: Size;
  readonly write: (line: string) => void;
  /** For tests. @default nothing is broken */
  readonly defect?: Defect;
}

/**
 * Plays one rush again and tells each of its steps, by the clock of the rush (UTC).
 * @returns whether every law held
 */
export const replay = async ({ seed, size, write, defect = {} }: Replayed): Promise<boolean> => {
  const loud = quiet();
  try {
    const { violations, users, bookings, paid, moves } = await play({ seed, size, defect, tell: write });
    write(`${users} people made ${bookings} bookings in ${moves} moves, and ${paid} of them became tickets.`);
    for (const { law, what } of violations) write(`It does not hold that ${law}: ${what}`);
    if (violations.length === 0) write('Every law held.');
    return violations.length === 0;
  } finally {
    loud();
  }
};
