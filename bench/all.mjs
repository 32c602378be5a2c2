#!/usr/bin/env node
// Runs the measurements on a release build and prints them as a table. Usage: all.mjs [NAME…], by default all of them.
// Ends with 1 when a value misses its limit. SWEETIE_BINARY names another binary than target/release/sweetie.
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const NAMES = ['start', 'pets-box', 'chat-latency', 'chat-history', 'import'];
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
  const { measure } = await import(`./${name}.mjs`);
  rows.push(...(await measure(BINARY)));
  console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
print(rows);
process.exitCode = rows.some(missed) ? 1 : 0;

function missed({ value, limit }) {
  return limit !== undefined && !(value <= limit);
}

function print(rows) {
  const cells = rows.map((row) => [
    row.what,
    `${round(row.value)} ${row.unit}`.trim(),
    row.limit === undefined ? '' : `at most ${round(row.limit)} ${row.unit}`.trim(),
    row.limit === undefined ? '' : missed(row) ? 'MISSED' : 'ok',
  ]);
  const table = [['what', 'measured', 'target', ''], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  for (const line of table) {
    console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  }
}

/// Three significant digits are as exact as any of this is.
function round(value) {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : Number(value.toPrecision(3)).toString();
}
