// Startup with many reports: time until the server is ready, and memory.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { startServer } from '../../scripts/server.mjs';
import { memory } from '../process.mjs';
import { createDatabase, dropDatabase } from './postgres.mjs';

const READY_LIMIT = 10;
const REPORT_LIMIT = 200; // bytes per report
const MANY = 1_000_000; // enough reports to hide the few megabytes by which two starts differ
const WARM_STARTS = 3;
const SETTLED = 3_000;
const A_FEW = 200; // requests, so that the allocator returns the memory used while building the index

/// Seconds until ready, cold (with the file evicted from the system's cache; SQLite only) and warm, and the memory
/// afterwards.
export async function measure({ binary, data, count, services, label }) {
  const starting = { binary, directory: data.directory, settings: data.settings };
  const figures = [];
  if (data.file) {
    forgetFile(data.file);
    const { seconds } = await oneStart(starting);
    figures.push({ what: `${label}: start to ready, cold`, value: seconds, unit: 's', limit: READY_LIMIT });
  }
  const starts = [];
  for (let start = 0; start < WARM_STARTS; start += 1) {
    starts.push(await oneStart(starting));
  }
  const { seconds, settled } = starts.sort((one, other) => one.seconds - other.seconds)[Math.floor(WARM_STARTS / 2)];
  const empty = await (data.file ? onEmptyFile(binary) : onEmptyDatabase(binary, data, services));
  const perReport = {
    what: `${label}: memory of its own a report, above an empty server`,
    value: ((settled.anonymous - empty.anonymous) * 2 ** 20) / count,
    unit: 'B',
    ...(MANY <= count && { limit: REPORT_LIMIT }),
  };
  return [
    ...figures,
    { what: `${label}: start to ready, warm`, value: seconds, unit: 's', limit: READY_LIMIT },
    { what: `${label}: resident memory`, value: settled.resident, unit: 'MiB' },
    perReport,
  ];
}

async function oneStart(starting) {
  const server = await startServer(starting);
  await delay(SETTLED);
  for (let request = 0; request < A_FEW; request += 1) {
    await server.graphql('{ pets(first: 100) { nodes { id name } } }');
  }
  await delay(SETTLED);
  const settled = memory(server.pid);
  await server.stop();
  return { seconds: server.readyAfter / 1_000, settled };
}

/// The memory of a server without reports, at its second start.
async function onEmptyFile(binary) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  try {
    return await secondStart({ binary, directory });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function onEmptyDatabase(binary, { directory, settings }, services) {
  const url = createDatabase(services, 'empty');
  try {
    return await secondStart({ binary, directory, settings: { ...settings, SWEETIE_DATABASE_URL: url } });
  } finally {
    dropDatabase(services, 'empty');
  }
}

async function secondStart(starting) {
  await (await startServer(starting)).stop();
  const { settled } = await oneStart(starting);
  return settled;
}

/// Evicts a file from the system's cache, so that the next read goes to the disk.
function forgetFile(file) {
  execFileSync('sync', [file]);
  execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
}
