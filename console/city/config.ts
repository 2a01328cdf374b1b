/** Where the doors of the city are, as its deployment wrote it beside the page. */

/** `city.json`: the addresses of APIs by system, whole or as paths of the page's own origin. */
export interface CityConfig {
  readonly urls: { readonly [system: string]: string };
  /** Whether faults can be armed here: in a local city alone. */
  readonly faults: boolean;
}

let known: Promise<CityConfig> | undefined;

/** Asked once; a failure is asked again the next time. */
export const cityConfig = (): Promise<CityConfig> => {
  known ??= fetchConfig().catch((thrown: unknown) => {
    known = undefined;
    throw thrown;
  });
  return known;
};

const fetchConfig = async (): Promise<CityConfig> => {
  const response = await fetch('./city.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`city.json: ${response.status}`);
  return (await response.json()) as CityConfig;
};
