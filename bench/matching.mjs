#!/usr/bin/env node
// How fast reports are matched where many are open. The reports are spread like people, and every lost one has its list of
// matches, as after years of work. Measures each new report, the alert on the owner's socket, the same beside an import, and
// imported reports in the bulk lane. Prints a table and ends with 1 when a figure misses its target.
//
// Usage: matching.mjs [--reports 100000,1000000] [--import ROWS]. SWEETIE_BINARY names another binary than
// target/release/sweetie.
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { startServer } from '../scripts/server.mjs';
import { missed, print } from './figures.mjs';
import { sqliteData } from './map/data.mjs';
import { bulk, matched } from './matching/bulk.mjs';
import { fillLists, sampleOfLost, sampleOfOthers } from './matching/lists.mjs';
import { besideImport, reportByReport } from './matching/reports.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../target/release/sweetie', import.meta.url));
const SAMPLE = 2_000; // lost reports whose lists the server makes; the others get a list like that of one of them
const IMPORTED = 6_400;
const BULK_LEAST = 300;
const BULK_SIZE = 100_000; // that target is for this many open reports

const { values } = parseArgs({
  options: { reports: { type: 'string', default: '100000,1000000' }, import: { type: 'string', default: '100000' } },
});
const [counts, rows] = [values.reports.split(',').map(Number), Number(values.import)];
if (![...counts, rows].every((count) => Number.isInteger(count) && 1_000 <= count)) {
  console.error('--reports and --import take whole numbers of at least 1,000');
  process.exit(2);
}

const figures = [];
for (const count of counts) {
  figures.push(...(await beside(count)));
}
print(figures);
process.exitCode = figures.some(missed) ? 1 : 0;

async function beside(count) {
  const label = count.toLocaleString('en-US');
  const data = await timed(`${label}: rows`, () => sqliteData(BINARY, count));
  const settings = { ...data.settings, SWEETIE_NEW_ACCOUNT_HOURS: '0' };
  const serve = async (work) => {
    const server = await startServer({ binary: BINARY, directory: data.directory, settings });
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  };
  try {
    const sample = sampleOfLost(data.file, SAMPLE);
    const imports = sampleOfOthers(data.file, IMPORTED);
    const first = await timed(`${label}: sample`, () => serve(() => matched(data.file, [sample])));
    await timed(`${label}: lists`, () => fillLists(data.file, sample, imports));
    return await serve(async (server) => {
      const context = { binary: BINARY, server, file: data.file, label };
      const lost = { what: `${label}: lost reports without a list, bulk lane`, value: first, unit: '/s' };
      const alone = await timed(`${label}: report by report`, () => reportByReport(context));
      const least = count <= BULK_SIZE ? BULK_LEAST : undefined;
      const found = await timed(`${label}: bulk`, () => bulk(context, imports));
      const busy = await timed(`${label}: beside an import`, () => besideImport(context, rows, least));
      return [...alone, ...busy, found, lost];
    });
  } finally {
    await data.remove();
  }
}

/// Logs to stderr how long something took.
async function timed(words, work) {
  const began = performance.now();
  const result = await work();
  console.error(`${words}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return result;
}
