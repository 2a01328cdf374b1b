import { describe, expect, it } from 'vitest';
import { say } from '../../shared/messages/index.ts';
import { BookingState } from '../irctc-booking/contract.views.ts';
import { OrderState, RiderState } from '../zomato-ordering/contract.views.ts';
import { routes, socket } from './contract.ts';
import { messages } from './messages.ts';

const names = new Set<string>([
  ...[...Object.values(routes), ...Object.values(socket.commands)].flatMap(({ errors }) => [...errors]),
  ...OrderState.options,
  ...RiderState.options,
  ...BookingState.options,
]);

describe('the sentences of tracking', () => {
  it.each([...names])('say %s in both languages, whichever facts are missing', (name) => {
    for (const facts of [
      {},
      { name: 'Ravi', limit: 5, of: 'order' },
      { limit: 5, of: 'connection' },
      { limit: 5, of: 'booking', seats: 'CNF B1-23' },
    ]) {
      const [english, hindi] = [say(messages, name, facts, 'en'), say(messages, name, facts, 'hi')];
      expect(english).toMatch(/^[A-Z].*\.$/);
      expect(hindi).toMatch(/[\u0900-\u097F].*।$/);
      expect(`${english}${hindi}`).not.toMatch(/undefined|could not be done/);
    }
  });

  it('are no more than there is something to say', () => {
    expect(Object.keys(messages).toSorted()).toEqual([...names].toSorted());
  });
});
