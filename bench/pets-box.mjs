// Reports in a bounding box: CPU time per request of our server, compared with graphql-yoga and better-sqlite3 on the
// same rows in the same run.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startServer } from '../scripts/server.mjs';
import { PAGE, boxRequests } from './box-query.mjs';
import { post } from './load.mjs';
import { startPeer } from './peer.mjs';
import { databaseFile, databaseSettings, fillDatabase } from './pets-table.mjs';
import { cpuMicros } from './process.mjs';
import { cpuPerRequest } from './turns.mjs';

const REPORTS = 100_000;
const REQUESTS = 2_000;
const TARGET = 0.6;
const PEER = fileURLToPath(new URL('yoga-peer.mjs', import.meta.url));

/// The measurement: time per request of both, and their ratio.
export async function measure(binary) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  const running = [];
  try {
    await fillDatabase(binary, directory, REPORTS);
    const settings = { ...databaseSettings(directory), SWEETIE_RATE_LIMIT: '10000000',
    SWEETIE_NEW_ACCOUNT_HOURS: '0', SWEETIE_LOG: 'warn' };
    const server = await startServer({ binary, directory, settings });
    running.push(server);
    const peer = await startPeer(PEER, databaseFile(directory));
    running.push(peer);
    const urls = [`${server.origin}/graphql`, peer.url];
    await sameAnswers(...urls);
    const bodies = boxRequests(REQUESTS);
    const [ours, theirs] = await cpuPerRequest(
      [server, peer].map(({ pid }, index) => ({ url: urls[index], bodies, cpu: () => cpuMicros(pid) })),
    );
    return [
      { what: 'pets in a box: CPU per request', value: ours, unit: 'µs' },
      { what: 'the same, graphql-yoga + better-sqlite3', value: theirs, unit: 'µs' },
      { what: 'ratio of the two', value: ours / theirs, unit: '', limit: TARGET },
    ];
  } finally {
    await Promise.all(running.map(({ stop }) => stop()));
    await rm(directory, { recursive: true, force: true });
  }
}

/// Checks that both do the same work: the same reports in the same order, full pages, everything equal except the
/// spelling of ids.
async function sameAnswers(...urls) {
  for (const body of boxRequests(20)) {
    const [ours, theirs] = await Promise.all(urls.map((url) => nodes(url, body)));
    assert.equal(ours.length, PAGE);
    assert.deepEqual(ours, theirs);
  }
}

async function nodes(url, body) {
  const { data } = JSON.parse(await post(url, body));
  return data.pets.nodes.map(({ id, ...rest }) => {
    assert.ok(id);
    return rest;
  });
}
