// An idle server: how soon it is ready on an existing database, and how much memory it takes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { startServer } from '../scripts/server.mjs';
import { databaseSettings, fillDatabase } from './pets-table.mjs';
import { memory } from './process.mjs';

const STARTS = 5;
const SETTLED = 3_000;
const READY_LIMIT = 1_000;
const IDLE_LIMIT = 60;

/// The measurement, with the demo data and with 100,000 reports.
export async function measure(binary) {
  return [...(await onDemoData(binary)), ...(await onManyReports(binary))];
}

async function onDemoData(binary) {
  return inDirectory(async (directory) => {
    const settings = databaseSettings(directory);
    const first = await startServer({ binary, flags: ['--demo'], directory, settings });
    await first.stop();
    const { ready, idle } = await observe(binary, directory);
    return [
      { what: 'start to ready, demo data', value: ready, unit: 'ms', limit: READY_LIMIT },
      { what: 'idle memory (resident), demo data', value: idle.resident, unit: 'MiB', limit: IDLE_LIMIT },
    ];
  });
}

async function onManyReports(binary) {
  return inDirectory(async (directory) => {
    await fillDatabase(binary, directory, 100_000);
    const { ready, idle } = await observe(binary, directory);
    return [
      { what: 'start to ready, 100,000 reports', value: ready, unit: 'ms', limit: READY_LIMIT },
      { what: 'idle memory (resident), 100,000 reports', value: idle.resident, unit: 'MiB' },
    ];
  });
}

/// The median of several starts, and the memory after the last one has settled.
async function observe(binary, directory) {
  const times = [];
  for (let start = 1; ; start += 1) {
    const server = await startServer({ binary, directory, settings: databaseSettings(directory) });
    times.push(server.readyAfter);
    if (start < STARTS) {
      await server.stop();
      continue;
    }
    await delay(SETTLED);
    const idle = memory(server.pid);
    await server.stop();
    return { ready: times.sort((a, b) => a - b)[Math.floor(STARTS / 2)], idle };
  }
}

async function inDirectory(work) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
