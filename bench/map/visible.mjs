// Time from sending a new report until it is on the map, both queried with petMap and pushed by petMapChanges. Measured
// on the node that takes the report and, with PostgreSQL and Redis, on another one.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { startServer } from '../../scripts/server.mjs';
import { between, seeded } from '../chance.mjs';
import { percentile, post } from '../load.mjs';
import { connect, register } from '../member.mjs';
import { mapRequest } from './queries.mjs';
import { displaced, pickTown } from './towns.mjs';

const REPORTS = 50;
const AN_HOUR = 40; // reports per member; the server allows 50
const PAUSE = 200; // milliseconds after a report, for its jobs to finish
const PATIENCE = 5_000;
const SAME_NODE = 100;
const OTHER_NODE = 500;
const ZOOM = 20;
const AROUND = 0.02; // degrees
const COUNTRY = { south: 20, west: -130, north: 55, east: -60 };

const REPORT = `mutation ($input: ReportPetInput!) {
  reportPet(input: $input) { pet { id } userErrors { field code message } }
}`;
const CHANGES = `subscription ($bounds: BoundsInput!) { petMapChanges(bounds: $bounds) { id } }`;

/// The slowest of fifty, for petMap and petMapChanges.
export async function measure({ binary, server, data, label }) {
  const figures = await watched(server, server, { label: `${label}: new report, same node`, limit: SAME_NODE });
  if (data.file) {
    return figures;
  }
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  const other = await startServer({ binary, directory, settings: data.settings });
  try {
    return [...figures, ...(await watched(server, other, { label: `${label}: new report, other node`, limit: OTHER_NODE }))];
  } finally {
    await other.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/// Reports to `taker` and watches on `watcher`.
async function watched(taker, watcher, { label, limit }) {
  const reporters = [];
  for (let index = 0; index < Math.ceil(REPORTS / AN_HOUR) + 1; index += 1) {
    reporters.push(await register(taker, `reporter-${process.hrtime.bigint()}`));
  }
  const changes = await subscribe(watcher, reporters[0]);
  const chance = seeded(50);
  const [asked, pushed] = [[], []];
  // The first reports open connections, fill caches and wait for the subscription, so they do not count.
  for (let index = 1 - reporters.length; index < REPORTS; index += 1) {
    const reporter = reporters[(index + reporters.length) % reporters.length];
    const times = await one(taker, watcher, { reporter, changes, at: remote(chance) });
    if (0 <= index) {
      asked.push(times.asked);
      pushed.push(times.pushed);
    }
    await delay(PAUSE);
  }
  await changes.close();
  return [slowest(`${label}, until petMap shows it`, asked, limit), slowest(`${label}, until petMapChanges tells it`, pushed, limit)];
}

function slowest(what, times, limit) {
  const details = { p50: percentile(times, 0.5), p95: percentile(times, 0.95), reports: times.length };
  return { what: `${what}, slowest of ${times.length}`, value: percentile(times, 1), unit: 'ms', limit, details };
}

/// One report: milliseconds until each way shows it; infinite if that exceeds the timeout.
async function one(taker, watcher, { reporter, changes, at }) {
  const input = { kind: 'LOST', species: 'DOG', name: 'Sweetie', location: { point: at }, seenAt: new Date().toISOString() };
  const started = performance.now();
  const { reportPet } = await taker.graphql(REPORT, { input }, reporter.token);
  const { id } = reportPet.pet;
  const [asked, pushed] = await Promise.all([shown(watcher, id, at), changes.arrival(id)]);
  return { asked: asked - started, pushed: pushed - started };
}

/// Time at which petMap shows the report, polled repeatedly.
async function shown(watcher, id, { latitude, longitude }) {
  const bounds = {
    south: latitude - AROUND,
    west: longitude - AROUND,
    north: latitude + AROUND,
    east: longitude + AROUND,
  };
  const body = mapRequest(bounds, ZOOM);
  for (const deadline = performance.now() + PATIENCE; performance.now() < deadline; await delay(1)) {
    const answer = await post(`${watcher.origin}/graphql`, body);
    if (answer.includes(id)) {
      return performance.now();
    }
  }
  return Infinity;
}

/// Subscribes to the country's changes; `arrival` returns when a report was received.
async function subscribe(watcher, member) {
  const client = await connect(watcher, member);
  const arrivals = new Map();
  let fault;
  client.subscribe(
    { query: CHANGES, variables: { bounds: COUNTRY } },
    {
      next: ({ data, errors }) => {
        fault = errors;
        if (data && !arrivals.has(data.petMapChanges.id)) {
          arrivals.set(data.petMapChanges.id, performance.now());
        }
      },
      error: (cause) => {
        fault = cause;
        console.error(`petMapChanges: ${JSON.stringify(cause)}`);
      },
      complete: () => {},
    },
  );
  const arrival = async (id) => {
    for (const deadline = performance.now() + PATIENCE; performance.now() < deadline && !fault; await delay(1)) {
      if (arrivals.has(id)) {
        return arrivals.get(id);
      }
    }
    return Infinity;
  };
  return { arrival, close: () => client.dispose() };
}

/// A place between the towns, where no viewport is ever full.
function remote(chance) {
  for (;;) {
    const at = displaced(pickTown(chance), 360 * chance(), between(chance, 60, 150));
    const { south, west, north, east } = COUNTRY;
    if (south < at.latitude && at.latitude < north && west < at.longitude && at.longitude < east) {
      return at;
    }
  }
}
