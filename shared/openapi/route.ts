import * as z from 'zod';
import { defineRoute } from '../http/index.ts';

/** Where every API describes itself. */
export const openApiRoute = defineRoute({
  name: 'openapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document.',
  access: { public: 'how to ask is no secret; whoever asks needs a token' },
  request: {},
  answers: { 200: z.record(z.string(), z.unknown()) },
  errors: [],
});
