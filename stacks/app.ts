import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { city } from './city.ts';

const app = new App();
const { manifest } = city(app);
const assembly = app.synth();
writeFileSync(join(assembly.directory, 'city.json'), `${JSON.stringify(manifest, null, 2)}\n`);
