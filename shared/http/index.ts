export { type Breaker, breaker } from './breaker.ts';
export { type CallOf, type Client, type ClientOptions, client } from './client.ts';
export { RemoteProblem } from './remote-problem.ts';
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
