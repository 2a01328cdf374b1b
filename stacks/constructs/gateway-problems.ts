import { ResponseType } from 'aws-cdk-lib/aws-apigateway';

/** The words of one problem: `name` is what clients act on, as in `shared/errors`. */
interface Words {
  readonly name: string;
  readonly title: string;
  readonly retryable: boolean;
  readonly detail: string;
  readonly detailHi: string;
}

const unexpected: Words = {
  name: 'UnexpectedError',
  title: 'Unexpected',
  retryable: true,
  detail: 'Something went wrong here; a retry may help.',
  detailHi: 'यहाँ कुछ गड़बड़ हुई; फिर कोशिश करने से काम बन सकता है।',
};
const unreadable: Words = {
  name: 'InvalidInputError',
  title: 'Invalid input',
  retryable: false,
  detail: 'The request cannot be read.',
  detailHi: 'अनुरोध पढ़ा नहीं जा सका।',
};
const forbidden: Words = {
  name: 'ForbiddenError',
  title: 'Forbidden',
  retryable: false,
  detail: 'This token may not do that.',
  detailHi: 'इस token से यह करने की अनुमति नहीं है।',
};
const unauthenticated: Words = {
  name: 'UnauthenticatedError',
  title: 'Unauthenticated',
  retryable: false,
  detail: 'A valid bearer token is needed.',
  detailHi: 'मान्य bearer token ज़रूरी है।',
};
const notFound: Words = {
  name: 'NotFoundError',
  title: 'Not found',
  retryable: false,
  detail: 'There is no such path or method here.',
  detailHi: 'यह पता या तरीका यहाँ नहीं है।',
};
const tooMany: Words = {
  name: 'TooManyRequestsError',
  title: 'Too many requests',
  retryable: true,
  detail: 'Too many requests; try again in a moment.',
  detailHi: 'बहुत सारे अनुरोध; थोड़ी देर बाद फिर कोशिश करें।',
};

const tooLarge: Words = {
  name: 'BodyTooLargeError',
  title: 'Body too large',
  retryable: false,
  detail: 'The body is too large.',
  detailHi: 'अनुरोध बहुत बड़ा है।',
};

/** The same members as an answer of ours; the gateway knows no trace, so it gives the id under which it logs. */
const templateOf = (status: number, { name, title, retryable, detail, detailHi }: Words): string =>
  JSON.stringify({
    type: `urn:dabbawala:error:${name}`,
    title,
    status,
    detail,
    detail_hi: detailHi,
    name,
    retryable,
    requestId: '$context.requestId',
  });

const problem = (type: ResponseType, status: number, words: Words) => ({
  type,
  status,
  template: templateOf(status, words),
});

/**
 * What the gateway itself says, as RFC 9457 and this house tell it: in both languages, since it cannot read
 * Accept-Language. A type that is not named here falls under one of the two last ones.
 */
export const GATEWAY_PROBLEMS = [
  problem(ResponseType.UNAUTHORIZED, 401, unauthenticated),
  problem(ResponseType.ACCESS_DENIED, 403, forbidden),
  problem(ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, notFound),
  problem(ResponseType.REQUEST_TOO_LARGE, 413, tooLarge),
  problem(ResponseType.THROTTLED, 429, tooMany),
  problem(ResponseType.INTEGRATION_TIMEOUT, 504, unexpected),
  problem(ResponseType.DEFAULT_4XX, 400, unreadable),
  problem(ResponseType.DEFAULT_5XX, 500, unexpected),
];
