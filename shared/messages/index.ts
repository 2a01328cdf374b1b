export { houseMessages } from './house.ts';
export {
  defineMessages,
  type Facts,
  type Language,
  languageOf,
  type Message,
  type Messages,
  say,
  told,
} from './messages.ts';
