/**
 * The build step of `cdk` and `cdklocal` (cdk.json): packs the Lambdas for the target that the environment names, as
 * the stacks will read them. Without an endpoint both are packed, since a context value may still choose the target; and
 * the console's page is built, which `npm start` builds and publishes by itself.
 */

import { bundleAws } from './bundle.ts';
import { bundleChanged } from './bundle-changed.ts';
import { listLambdas } from './lambdas.ts';
import { builtPage } from './page.ts';

const lambdas = listLambdas();
await bundleChanged(lambdas);
if (!process.env.AWS_ENDPOINT_URL) {
  await bundleAws(lambdas);
  await builtPage();
}
