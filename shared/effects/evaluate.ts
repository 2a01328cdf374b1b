import type { Clause } from './change.ts';
import { fieldOf, type Item, type Value } from './item.ts';

/**
 * Whether a clause holds on an item (`undefined`: there is none), by the rules of DynamoDB: values of different
 * types are neither equal nor ordered, texts are ordered by their UTF-8 bytes.
 */
export const holds = (clause: Clause, item: Item | undefined): boolean => {
  switch (clause.is) {
    case 'absent':
      return item === undefined;
    case 'present':
      return item !== undefined;
    case 'missing':
      return fieldOf(item, clause.field) === undefined;
    case 'has':
      return fieldOf(item, clause.field) !== undefined;
    case 'equals':
      return same(fieldOf(item, clause.field), clause.value);
    case 'differs':
      return !same(fieldOf(item, clause.field), clause.value);
    case 'oneOf':
      return clause.values.some((value) => same(fieldOf(item, clause.field), value));
    case 'anyOf':
      return clause.clauses.some((each) => holds(each, item));
    default:
      return inOrder(clause.is, order(fieldOf(item, clause.field), clause.value));
  }
};

const inOrder = (is: 'atLeast' | 'atMost' | 'below' | 'above', found: number | undefined): boolean => {
  if (found === undefined) return false;
  return { atLeast: found >= 0, atMost: found <= 0, below: found < 0, above: found > 0 }[is];
};

/** Negative, zero or positive as in a sort; `undefined` where the two cannot be compared. */
const order = (found: Value | undefined, value: number | string): number | undefined => {
  if (typeof found === 'number' && typeof value === 'number') return found - value;
  if (typeof found === 'string' && typeof value === 'string') return textOrder(found, value);
  return undefined;
};

/** The order of texts in DynamoDB, which is that of their UTF-8 bytes and not JavaScript's. */
export const textOrder = (one: string, two: string): number => Buffer.from(one).compare(Buffer.from(two));

const same = (one: Value | undefined, two: Value | undefined): boolean => {
  if (one === two) return true;
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false;
  if (Array.isArray(one) !== Array.isArray(two)) return false;
  const left = Object.entries(one);
  const right = new Map(Object.entries(two));
  return left.length === right.size && left.every(([name, value]) => same(value, right.get(name)));
};
