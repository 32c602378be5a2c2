// `pets` in a box, the newest hundred of all results: latency, and requests per second of CPU time, compared with
// graphql-yoga and better-sqlite3 on the same file, or PostGraphile on the same PostgreSQL.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { load, percentile, post } from '../load.mjs';
import { startPeer } from '../peer.mjs';
import { cpuMicros } from '../process.mjs';
import { cpuPerRequest } from '../turns.mjs';
import { sql } from './postgres.mjs';
import { PAGE, boxRequest, postgraphileBoxRequest } from './queries.mjs';
import { viewports } from './viewports.mjs';

const TOWN_ZOOM = 12; // about 15 km wide: from a hundred reports to tens of thousands at a million
const COUNTRY_ZOOM = 4; // half of the country
const REQUESTS = 1_000;
const SECONDS = 10;
const CONNECTIONS = [1, 8];
const LIMIT = 15;
const LEAST_RATIO = 2.5;
const CHECKED = 20;

/// The view and the function that a developer would write for PostGraphile.
const PEER_SCHEMA = `
  CREATE SCHEMA peer;
  CREATE VIEW peer.pets AS SELECT * FROM public.pets;
  COMMENT ON VIEW peer.pets IS '@primaryKey id';
  CREATE FUNCTION peer.pets_in_box(south float8, west float8, north float8, east float8) RETURNS SETOF peer.pets
  LANGUAGE sql STABLE AS $$
    SELECT * FROM peer.pets
    WHERE status IN ('open', 'matched')
      AND public_latitude BETWEEN south AND north AND public_longitude BETWEEN west AND east
    ORDER BY reported_at DESC, id DESC
  $$;`;

/// Latencies for towns and for half the country, and requests per second of CPU time for both servers. With PostgreSQL,
/// its CPU time is included.
export async function measure({ server, data, services, cpu, label }) {
  const url = `${server.origin}/graphql`;
  const boxes = await fullBoxes(url);
  const figures = [
    ...(await latencies(url, boxes, `${label}: pets in a box, newest ${PAGE}`)),
    ...(await latencies(url, viewports(REQUESTS, COUNTRY_ZOOM), `${label}: the same in half the country`)),
  ];
  const peer = data.file ? await yoga(data) : await postgraphile(data, services);
  try {
    await sameAnswers(url, peer, boxes);
    const [ours, theirs] = await cpuPerRequest(
      [
        { url, bodies: boxes.map(boxRequest), cpu },
        { url: peer.url, bodies: boxes.map(peer.request), cpu: peer.cpu },
      ],
      SECONDS,
    );
    const [value, other] = [1e6 / ours, 1e6 / theirs];
    const what = `${label}: pets in a box, requests per CPU second (peer: ${peer.name})`;
    return [...figures, { what, value, peer: other, ratio: value / other, unit: '', least: LEAST_RATIO }];
  } finally {
    await peer.stop();
  }
}

/// Boxes that contain at least a hundred reports.
async function fullBoxes(url) {
  const boxes = [];
  for (const bounds of viewports(REQUESTS, TOWN_ZOOM)) {
    const nodes = await ourNodes(url, bounds);
    if (nodes.length === PAGE) {
      boxes.push(bounds);
    }
  }
  assert.ok(REQUESTS / 4 <= boxes.length, `only ${boxes.length} boxes are full`);
  return boxes;
}

async function latencies(url, boxes, what) {
  const bodies = boxes.map(boxRequest);
  const figures = [];
  for (const connections of CONNECTIONS) {
    const times = await load(url, bodies, connections, SECONDS);
    figures.push({
      what: `${what}, ${connections === 1 ? 'one by one' : `${connections} at once`}, p99`,
      value: percentile(times, 0.99),
      unit: 'ms',
      limit: LIMIT,
      details: { p50: percentile(times, 0.5), p95: percentile(times, 0.95), requests: times.length },
    });
  }
  return figures;
}

async function yoga({ file }) {
  const script = fileURLToPath(new URL('../yoga-peer.mjs', import.meta.url));
  const peer = await startPeer(script, file);
  const rows = ({ data }) => data.pets.nodes.map(({ name, seenAt }) => [name, Date.parse(seenAt)]);
  return { ...peer, name: 'graphql-yoga', request: boxRequest, rows, cpu: () => cpuMicros(peer.pid) };
}

async function postgraphile({ url }, services) {
  sql(url, PEER_SCHEMA);
  const script = fileURLToPath(new URL('postgraphile-peer.mjs', import.meta.url));
  const peer = await startPeer(script, url);
  const rows = ({ data }) => data.petsInBox.nodes.map(({ name, seenAt }) => [name, Number(seenAt)]);
  const cpu = () => cpuMicros(peer.pid) + services.cpu();
  return { ...peer, name: 'PostGraphile', request: postgraphileBoxRequest, rows, cpu };
}

/// Both must do the same work: the same reports in the same order.
async function sameAnswers(url, peer, boxes) {
  for (const bounds of boxes.slice(0, CHECKED)) {
    const ours = (await ourNodes(url, bounds)).map(({ name, seenAt }) => [name, Date.parse(seenAt)]);
    const theirs = peer.rows(JSON.parse(await post(peer.url, peer.request(bounds))));
    assert.deepEqual(ours, theirs);
  }
}

async function ourNodes(url, bounds) {
  return JSON.parse(await post(url, boxRequest(bounds))).data.pets.nodes;
}
