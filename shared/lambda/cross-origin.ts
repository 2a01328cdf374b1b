/**
 * What lets a browser hand an answer to the console's page where that page has another origin than the doors: the stack
 * says which, and on a laptop it does not. One origin, never what a caller says that it has.
 *
 * `Cross-Origin-Resource-Policy` stays `same-origin` beside it: it is about pages that embed an answer without asking,
 * as a picture or a script, and looks at no request that CORS has let through.
 */
export const crossOrigin = (): { readonly [header: string]: string } => {
  const origin = process.env.CONSOLE_ORIGIN;
  return origin ? { ...EXPOSED, 'Access-Control-Allow-Origin': origin } : {};
};

const EXPOSED = {
  'Access-Control-Expose-Headers': 'Location,Retry-After,traceparent,X-Correlation-Id',
  Vary: 'Origin',
};
