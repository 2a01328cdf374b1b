export {
  type AnswerHeaders,
  type AnswerOf,
  type Caller,
  defineRoute,
  type GivenPart,
  IDEMPOTENCY_KEY,
  type ParsedPart,
  type ReceivedOf,
  type Role,
  type RouteDefinition,
  type Routes,
} from './route.ts';
