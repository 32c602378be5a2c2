#!/usr/bin/env node
// The map and the search with many reports: measures a release build and its peers on the same rows in the same run, and
// prints a table. Ends with 1 when a figure misses its target.
//
// Usage: map.mjs [--reports 100000,1000000] [--database sqlite,postgres] [--only SECTION,…] [--json FILE]
// Sections: start, pet-map, pins, box, visible, and index, which measures the index alone. SWEETIE_BINARY names another
// binary than target/release/sweetie.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { startServer } from '../scripts/server.mjs';
import { missed, print } from './figures.mjs';
import { postgresData, sqliteData } from './map/data.mjs';
import { startServices } from './map/postgres.mjs';
import { cpuMicros } from './process.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../target/release/sweetie', import.meta.url));
const DATABASES = ['sqlite', 'postgres'];
const WITH_SERVER = ['pet-map', 'pins', 'box', 'visible'];
const SECTIONS = ['start', ...WITH_SERVER, 'index'];
const INDEX = new URL('map-index.mjs', import.meta.url);

const { values } = parseArgs({
  options: {
    reports: { type: 'string', default: '100000,1000000' },
    database: { type: 'string', default: DATABASES.join(',') },
    only: { type: 'string', default: SECTIONS.join(',') },
    json: { type: 'string' },
  },
});
const counts = values.reports.split(',').map(Number);
const databases = known('database', values.database, DATABASES);
const sections = known('section', values.only, SECTIONS);
if (!counts.every((count) => Number.isInteger(count) && 10_000 <= count)) {
  refuse('--reports takes whole numbers of at least 10,000');
}

const started = new Date();
const figures = [];
const needsData = sections.some((section) => section !== 'index');
const services = needsData && databases.includes('postgres') ? await startServices() : undefined;
// PostgreSQL and Redis run in the background and would survive an interrupted run.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => Promise.resolve(services?.stop()).finally(() => process.exit(1)));
}
try {
  for (const count of needsData ? counts : []) {
    for (const database of databases) {
      figures.push(...(await onDatabase(database, count)));
    }
  }
} finally {
  await services?.stop();
}
if (sections.includes('index') && existsSync(INDEX)) {
  figures.push(...(await guarded('index', indexAlone)));
}
print(figures);
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify({ ...surroundings(), figures: figures.map(withVerdict) }, null, 2)}\n`);
}
process.exitCode = figures.some(missed) ? 1 : 0;

/// That script checks its own requirements. It prints its results and has no figures for the table.
async function indexAlone() {
  const { measure } = await import(INDEX);
  return (await measure?.(BINARY, counts)) ?? [];
}

async function onDatabase(database, count) {
  const words = `${database}, ${count.toLocaleString('en-US')}`;
  const prepare = () => (database === 'sqlite' ? sqliteData(BINARY, count) : postgresData(BINARY, services, count));
  const data = await timed(`${words}: rows`, prepare);
  const context = { binary: BINARY, data, count, services, label: words };
  const found = [];
  try {
    if (sections.includes('start')) {
      found.push(...(await section('start', context)));
    }
    const others = WITH_SERVER.filter((name) => sections.includes(name));
    if (others.length > 0) {
      found.push(...(await withServer(others, context)));
    }
  } finally {
    await data.remove();
  }
  return found;
}

async function withServer(names, context) {
  const { directory, settings } = context.data;
  const server = await startServer({ binary: BINARY, directory, settings });
  const cpu = () => cpuMicros(server.pid) + (settings.SWEETIE_REDIS_URL ? services.cpu() : 0);
  const found = [];
  try {
    for (const name of names) {
      found.push(...(await section(name, { ...context, server, cpu })));
    }
  } finally {
    await server.stop();
  }
  return found;
}

async function section(name, context) {
  const { measure } = await import(`./map/${name}.mjs`);
  return guarded(`${context.label}: ${name}`, () => measure(context));
}

/// A section that fails misses its targets; the others continue.
async function guarded(words, work) {
  try {
    return await timed(words, work);
  } catch (cause) {
    console.error(cause);
    return [{ what: `${words} failed`, value: Infinity, unit: '', limit: 0 }];
  }
}

/// Logs to stderr how long something took.
async function timed(words, work) {
  const began = performance.now();
  const result = await work();
  console.error(`${words}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return result;
}

function surroundings() {
  const [{ model }] = cpus();
  return {
    started: started.toISOString(),
    ended: new Date().toISOString(),
    machine: { processor: model, cores: cpus().length, memoryMebibytes: Math.round(totalmem() / 2 ** 20) },
    node: process.version,
  };
}

/// JSON has no infinity; a value that could not be measured is null there.
function withVerdict(figure) {
  const hasTarget = figure.limit !== undefined || figure.least !== undefined;
  return { ...figure, ...(hasTarget && { ok: !missed(figure) }) };
}

function known(what, list, all) {
  const names = list.split(',');
  const strange = names.filter((name) => !all.includes(name));
  if (strange.length > 0) {
    refuse(`no ${what} is called ${strange.join(', ')}; there are ${all.join(', ')}`);
  }
  return all.filter((name) => names.includes(name));
}

function refuse(words) {
  console.error(words);
  process.exit(2);
}
