// The effect of an import on users. While a shelter's file of 187,593 rows is imported, and until all resulting jobs
// are done, fifty members report, write to each other, get alerts and search for pets. Also measures how many reports
// are matched per second when there are 100,000.
import { Agent } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import Database from 'better-sqlite3';

import { startServer } from '../scripts/server.mjs';
import { boxRequests } from './box-query.mjs';
import { between, seeded } from './chance.mjs';
import { finished, startImport, verifiedShelter } from './import.mjs';
import { percentile, post } from './load.mjs';
import { connect, register } from './member.mjs';
import { databaseFile, databaseSettings, fillDatabase } from './pets-table.mjs';

const ROWS = 187_593;
const MEMBERS = 50;
const REPORTS = 40; // per member; the server allows 50 an hour
const REST = 2_000; // milliseconds between two actions of a member
const PATIENCE = 300_000;
export const ALERT_LIMIT = 1_000;
const PETS_LIMIT = 150;
const THERE = 100_000;
const MATCHED = 3_000;
const MATCHED_LEAST = 300;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // of the base 32 encoding of ids
export const SETTINGS = { SWEETIE_RATE_LIMIT: '10000000', SWEETIE_SOCKETS_PER_ADDRESS: '1000',
  SWEETIE_NEW_ACCOUNT_HOURS: '0', SWEETIE_LOG: 'warn' };

const REPORT = `mutation ($input: ReportPetInput!) {
  reportPet(input: $input) { pet { id } userErrors { field code message } }
}`;
const ALERTS = 'subscription { matchAlerts { match { lost { id } } } }';
const START = `mutation ($input: StartConversationInput!) {
  startConversation(input: $input) { conversation { id } userErrors { field code message } }
}`;
const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id } userErrors { field code message } }
}`;

/// The measurement.
export async function measure(binary) {
  return [...(await besideImport(binary)), await matching(binary)];
}

/// Latencies during an import and the jobs that result from it.
async function besideImport(binary) {
  return withDirectory(async (directory) => {
    const server = await startServer({ binary, directory, settings: { ...databaseSettings(directory), ...SETTINGS } });
    const jobs = new Database(databaseFile(directory), { readonly: true }).prepare('SELECT COUNT(*) FROM jobs').pluck();
    try {
      const staff = await register(server, 'sue');
      const shelter = await verifiedShelter(binary, server, staff, 'Large');
      const members = [];
      for (let index = 0; index < MEMBERS; index += 1) {
        members.push(await register(server, `member${index}`));
      }
      const times = { alerts: [], pets: [], messages: [] };
      const over = { yes: false };
      const pairs = members.flatMap((member, index) => (index % 2 ? [[members[index - 1], member]] : []));
      const began = performance.now();
      const id = await startImport(server, staff, shelter, ROWS);
      const people = pairs.map((pair, index) => together(server, pair, { index, times, over }));
      const looking = look(server, times, over);
      const state = await finished(server, staff, id);
      const imported = (performance.now() - began) / 1000;
      await until(() => jobs.get() < MEMBERS);
      const settled = (performance.now() - began) / 1000;
      over.yes = true;
      await Promise.all([...people, looking]);
      if (state.state !== 'DONE') {
        throw new Error(`the import ended as ${JSON.stringify(state)}`);
      }
      return [
        { what: 'import beside people', value: imported, unit: 's', details: { 'until nothing is left, s': settled } },
        latency('alert of a match', times.alerts, ALERT_LIMIT),
        latency('pets in a box', times.pets, PETS_LIMIT),
        latency('message to its acknowledgement', times.messages),
      ];
    } finally {
      await server.stop();
    }
  });
}

/// The 99th percentile of the times during an import.
export function latency(what, times, limit) {
  const details = { p50: percentile(times, 0.5), slowest: percentile(times, 1), times: times.length };
  return { what: `${what} during an import, p99`, value: percentile(times, 0.99), unit: 'ms', limit, details };
}

/// Two members: one loses a pet, the other finds it, and they write to each other.
export async function together(server, [ann, bob], { index, times, over }) {
  const chance = seeded(index + 1);
  const heard = new Map();
  const client = await connect(server, ann);
  const alerts = client.iterate({ query: ALERTS });
  const listening = (async () => {
    for await (const { data } of alerts) {
      heard.get(data.matchAlerts.match.lost.id)?.();
    }
  })().catch(() => {});
  const input = { memberId: bob.id, text: 'Hello' };
  const { startConversation } = await server.graphql(START, { input }, ann.token);
  await delay(between(chance, 500, 500 + REST));
  for (let round = 0; round < REPORTS && !over.yes; round += 1) {
    const at = { latitude: between(chance, 36, 46), longitude: between(chance, -118, -100) };
    const lost = await report(server, ann, 'LOST', at);
    const alerted = new Promise((resolve) => heard.set(lost, resolve));
    const started = performance.now();
    await report(server, bob, 'FOUND', at);
    await Promise.race([alerted, delay(PATIENCE)]);
    times.alerts.push(performance.now() - started);
    const sent = performance.now();
    const message = { conversationId: startConversation.conversation.id, text: `I saw it ${round}` };
    await server.graphql(SEND, { input: message }, bob.token);
    times.messages.push(performance.now() - sent);
    await delay(between(chance, REST / 2, REST));
  }
  await client.dispose();
  await listening;
}

async function report(server, member, kind, point) {
  const input = { kind, species: 'DOG', sex: 'FEMALE', size: 'MEDIUM', ageGroup: 'ADULT', coat: 'SHORT', pattern: 'BICOLOR',
    colors: ['TAN', 'WHITE'], breed: { primary: 'Beagle', mixed: false }, seenAt: new Date().toISOString(),
    location: { point } };
  const { reportPet } = await server.graphql(REPORT, { input }, member.token);
  return reportPet.pet.id;
}

async function look(server, times, over) {
  const agent = new Agent({ keepAlive: true });
  for (const body of boxRequests(100_000)) {
    if (over.yes) {
      break;
    }
    const started = performance.now();
    await post(`${server.origin}/graphql`, body, agent);
    times.pets.push(performance.now() - started);
    await delay(20);
  }
  agent.destroy();
}

/// Reports matched per second, with the jobs of members' reports run one after the other in queue order.
async function matching(binary) {
  return withDirectory(async (directory) => {
    await fillDatabase(binary, directory, THERE);
    const database = new Database(databaseFile(directory));
    queueMatching(database);
    const left = database.prepare("SELECT COUNT(*) FROM jobs WHERE kind = 'find_matches'").pluck();
    const server = await startServer({ binary, directory, settings: { ...databaseSettings(directory), ...SETTINGS } });
    try {
      const [began, there] = [performance.now(), left.get()];
      await until(() => left.get() === 0);
      const value = there / ((performance.now() - began) / 1000);
      const kept = database.prepare('SELECT COUNT(*) FROM matches').pluck().get();
      return { what: `reports matched beside ${THERE.toLocaleString('en-US')}`, value, unit: '/s', least: MATCHED_LEAST,
        details: { reports: there, 'matches kept': kept } };
    } finally {
      await server.stop();
      database.close();
    }
  });
}

function queueMatching(database) {
  const ids = database.prepare('SELECT id FROM pets ORDER BY reported_at DESC LIMIT ?').pluck().all(MATCHED);
  const insert = database.prepare(`INSERT INTO jobs (id, kind, payload, unique_key, lane, state, run_at, attempts, leases, created_at)
    VALUES (?, 'find_matches', ?, ?, 'interactive', 'queued', 0, 0, 0, 0)`);
  database.transaction(() => {
    ids.forEach((id, number) => {
      const payload = { kind: 'find_matches', pet_ids: [`pet_${shown(id)}`], import_id: null };
      insert.run(id, JSON.stringify(payload), `bench:${number}`);
    });
  })();
}

/// The text form of a 16-byte id.
export function shown(bytes) {
  const bits = BigInt(`0x${bytes.toString('hex')}`);
  return Array.from({ length: 26 }, (_, place) => ALPHABET[Number((bits >> BigInt(125 - 5 * place)) & 31n)]).join('');
}

export async function until(condition) {
  for (const deadline = Date.now() + PATIENCE; !condition(); await delay(100)) {
    if (deadline < Date.now()) {
      throw new Error(`nothing came of it within ${PATIENCE} ms`);
    }
  }
}

export async function withDirectory(work) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
