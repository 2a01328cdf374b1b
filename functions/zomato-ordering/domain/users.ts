import type { UserView } from '../contract.people.ts';
import type { User } from './ports.ts';

/** What its owner sees of an account. */
export const userView = ({ id, email, name, phone, link }: User): UserView => ({
  ...{ id, email, name, phone },
  walletLinked: link !== undefined,
});
