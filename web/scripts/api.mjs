// Writes src/api/schema.d.ts from a running server: npm run api [-- http://localhost:8080]
import { writeFileSync } from 'node:fs';
import openapi, { astToString } from 'openapi-typescript';

const origin = process.argv[2] ?? 'http://localhost:8080';
const types = astToString(await openapi(new URL('/api/openapi.json', origin)));
writeFileSync(new URL('../src/api/schema.d.ts', import.meta.url), `// Written by npm run api.\n${types}`);
