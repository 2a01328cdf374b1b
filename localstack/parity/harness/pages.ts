/** The pages of AWS that state the behaviours. Each was looked up, not remembered. */

const DOCS = 'https://docs.aws.amazon.com';

export interface Page {
  readonly url: string;
  /** By which other text its content was confirmed, when no copy of the page itself could be read. */
  readonly by?: string;
}

const page = (path: string, by?: string): Page => ({ url: `${DOCS}/${path}`, ...(by ? { by } : {}) });

export const LAMBDA = {
  sqsErrors: page('lambda/latest/dg/services-sqs-errorhandling.html'),
  withSqs: page('lambda/latest/dg/with-sqs.html'),
};
