// `petMap` over HTTP: latency with one and with eight connections, and responses per second of CPU time.
import { load, percentile } from '../load.mjs';
import { mapRequest } from './queries.mjs';
import { viewports } from './viewports.mjs';

const ZOOMS = [3, 8, 12, 16];
const FILTERS = [
  ['all reports', undefined],
  ['lost and found dogs', { kinds: ['LOST', 'FOUND'], species: ['DOG'] }],
];
const REQUESTS = 1_000;
const SECONDS = 6; // maximum duration of one measurement, if the server is slow
const CONNECTIONS = [1, 8];
const LIMIT = 10;

/// The slow percentile for every zoom, filter and number of connections.
export async function measure({ server, cpu, label }) {
  const figures = [];
  for (const zoom of ZOOMS) {
    for (const [words, filter] of FILTERS) {
      const bodies = viewports(REQUESTS, zoom).map((bounds) => mapRequest(bounds, zoom, filter));
      for (const connections of CONNECTIONS) {
        const what = `${label}: petMap at ${zoom}, ${words}, ${connections === 1 ? 'one by one' : `${connections} at once`}, p99`;
        figures.push({ what, ...(await slowEnd({ server, cpu, bodies, connections })), unit: 'ms', limit: LIMIT });
      }
    }
  }
  return figures;
}

/// Preceded by a few requests that do not count. A refusal misses the target; the server answers `TIMEOUT` to requests
/// that take too long.
async function slowEnd({ server, cpu, bodies, connections }) {
  const url = `${server.origin}/graphql`;
  try {
    await load(url, bodies.slice(0, REQUESTS / 10), connections, SECONDS / 3);
    const before = cpu();
    const latencies = await load(url, bodies, connections, SECONDS);
    const details = {
      p50: percentile(latencies, 0.5),
      p95: percentile(latencies, 0.95),
      requests: latencies.length,
      perCpuSecond: (1e6 * latencies.length) / (cpu() - before),
    };
    return { value: percentile(latencies, 0.99), details };
  } catch (cause) {
    console.error(cause.message);
    return { value: Infinity };
  }
}
