export { houseMessages } from './house.ts';
export {
  defineMessages,
  type Facts,
  type Language,
  type Messages,
  say,
  told,
} from './messages.ts';
export { phrase } from './phrases.ts';
