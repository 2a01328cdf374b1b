import { accessSync, constants } from 'node:fs';

/** Where systems keep it; ours comes from Debian's package. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium that browser tests and pictures can drive: DABBA_CHROMIUM, or one that this machine has. */
export const chromiumOf = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  [env.DABBA_CHROMIUM, ...PLACES].find((path) => path !== undefined && isProgram(path));

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
};
