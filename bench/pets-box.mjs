// Reports in a bounding box: processor time per request of the server, and of graphql-yoga with better-sqlite3 on the
// same rows in the same run.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePort, startServer } from '../scripts/server.mjs';
import { PAGE, boxRequests } from './box-query.mjs';
import { load, post } from './load.mjs';
import { databaseFile, databaseSettings, fillDatabase } from './pets-table.mjs';
import { cpuMicros } from './process.mjs';

const REPORTS = 100_000;
const REQUESTS = 2_000;
const ROUNDS = 3;
const CONNECTIONS = 8;
const TARGET = 0.6;

/// The measurement: time per request of both, and their ratio.
export async function measure(binary) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  const running = [];
  try {
    await fillDatabase(binary, directory, REPORTS);
    const settings = { ...databaseSettings(directory), SWEETIE_RATE_LIMIT: '10000000', SWEETIE_LOG: 'warn' };
    const server = await startServer({ binary, directory, settings });
    running.push(server);
    const peer = await startPeer(databaseFile(directory));
    running.push(peer);
    await sameAnswers(server, peer);
    const [ours, theirs] = await cpuPerRequest([server, peer]);
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

async function startPeer(file) {
  const port = await freePort();
  const script = fileURLToPath(new URL('yoga-peer.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, file, String(port)], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => child.kill() && exited;
  const origin = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 20_000; Date.now() < deadline && child.exitCode === null; await delay(20)) {
    if ((await fetch(`${origin}/health/ready`).catch(() => undefined))?.ok) {
      return { origin, pid: child.pid, stop };
    }
  }
  await stop();
  throw new Error('the peer did not become ready');
}

/// Both must do the same work: the same reports in the same order, full pages, everything equal but the ids' spelling.
async function sameAnswers(...servers) {
  for (const body of boxRequests(20)) {
    const [ours, theirs] = await Promise.all(servers.map(({ origin }) => nodes(origin, body)));
    assert.equal(ours.length, PAGE);
    assert.deepEqual(ours, theirs);
  }
}

async function nodes(origin, body) {
  const { data } = JSON.parse(await post(`${origin}/graphql`, body));
  return data.pets.nodes.map(({ id, ...rest }) => {
    assert.ok(id);
    return rest;
  });
}

/// Turn by turn, so that what else the machine does falls on both; the median of the rounds counts.
async function cpuPerRequest(servers) {
  const bodies = boxRequests(REQUESTS);
  for (const { origin } of servers) {
    await load(`${origin}/graphql`, bodies.slice(0, REQUESTS / 2), CONNECTIONS);
  }
  const rounds = servers.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { origin, pid }] of servers.entries()) {
      const before = cpuMicros(pid);
      await load(`${origin}/graphql`, bodies, CONNECTIONS);
      rounds[index].push((cpuMicros(pid) - before) / REQUESTS);
    }
  }
  return rounds.map((values) => values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
}
