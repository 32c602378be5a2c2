#!/usr/bin/env node
// Runs the measurements on a release build and prints them as a table. Usage: all.mjs [NAME…], by default all of them.
// Ends with 1 when a value misses its limit. SWEETIE_BINARY names another binary than target/release/sweetie.
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { missed, print } from './figures.mjs';

const NAMES = ['start', 'pets-box', 'chat-sockets', 'chat-load', 'chat-history', 'import', 'import-load', 'job-lanes', 'log-in'];
const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../target/release/sweetie', import.meta.url));

const names = process.argv.length > 2 ? process.argv.slice(2) : NAMES;
const unknown = names.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`no measurement is called ${unknown.join(', ')}; there are ${NAMES.join(', ')}`);
  process.exit(2);
}

const rows = [];
for (const name of names) {
  const started = performance.now();
  const { measure } = await import(`./${name.replace('chat-', 'chat/')}.mjs`);
  rows.push(...(await measure(BINARY)));
  console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
print(rows);
process.exitCode = rows.some(missed) ? 1 : 0;
