#!/usr/bin/env node
/** The `dabba` command: plain JavaScript for Node 20, which goes on under the Node 24 that npm installed. */

import { runInstalled } from '../install.mjs';

await runInstalled('localstack/cli/main.ts', process.argv.slice(2));
