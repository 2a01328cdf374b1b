export { type Breaker, breaker } from './breaker.ts';
export { type Client, type ClientOptions, client } from './client.ts';
export { type Page, type PageOf, page, pagingOf } from './paging.ts';
export { RemoteProblem } from './remote-problem.ts';
export {
  type Admission,
  type AnswerHeaders,
  type AnswerOf,
  type Caller,
  CORRELATION_ID,
  defineRoute,
  IDEMPOTENCY_KEY,
  type ParsedPart,
  type Role,
  type RouteDefinition,
  type Routes,
} from './route.ts';
