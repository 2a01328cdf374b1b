/** Test help: the parking queue in memory. */
import type { Now } from '../../shared/time/index.ts';
import type { Parked, Parking, Subject } from './domain/ports.ts';

interface Letter {
  readonly subject: Subject;
  readonly error: string;
  readonly parkedAt: string;
}

export const memoryParking = (now: Now) => {
  /** Whatever was parked, also what was taken out since. */
  const parked: Letter[] = [];
  /** What is in the queue. */
  const letters: Letter[] = [];
  const about = (subject: Subject) => JSON.stringify(subject);
  const parking: Parking & Parked = {
    async park({ subject, error }) {
      const letter = { subject, error, parkedAt: now().toISOString() };
      parked.push(letter);
      letters.push(letter);
    },
    async settle(subject, before) {
      const found = letters.filter(
        (letter) => about(letter.subject) === about(subject) && letter.parkedAt < before,
      );
      for (const letter of found) letters.splice(letters.indexOf(letter), 1);
      return found.length;
    },
  };
  return { parking, parked, letters };
};
