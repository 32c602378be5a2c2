// New reports, one at a time: one member loses an animal, another finds it, and the first hears of it on a socket.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import Database from 'better-sqlite3';

import { seeded } from '../chance.mjs';
import { finished, startImport, verifiedShelter } from '../import.mjs';
import { percentile } from '../load.mjs';
import { animal } from '../map/reports.mjs';
import { settle } from '../map/towns.mjs';
import { connect, register } from '../member.mjs';
import { colorNames } from '../pets-row.mjs';

const ROUNDS = 200;
const WARM = 10; // rounds that open connections and fill caches, and do not count
const AN_HOUR = 40; // reports of a member; the server allows 50
const BUSY_ROUNDS = 400;
const BUSY_PAUSE = 250; // milliseconds between two rounds beside an import
const PATIENCE = 60_000;
const MATCH_LIMIT = 50;
const ALERT_LIMIT = 1_000;

const REPORT = `mutation ($input: ReportPetInput!) {
  reportPet(input: $input) { pet { id } userErrors { field code message } }
}`;
const ALERTS = 'subscription { matchAlerts { match { lost { id } } } }';

/// How long a new report takes to be matched, and an alert to arrive, while nothing else happens.
export async function reportByReport({ server, label }) {
  const times = { alerts: [], jobs: { LOST: [], FOUND: [] } };
  const rounds = await pairs(server, ROUNDS + WARM);
  for (let round = 0; round < ROUNDS + WARM; round += 1) {
    const one = await rounds.next(true);
    if (WARM <= round) {
      times.alerts.push(one.alert);
      times.jobs.LOST.push(one.jobs.LOST);
      times.jobs.FOUND.push(one.jobs.FOUND);
    }
  }
  await rounds.close();
  return [
    late(`${label}: matching of a new lost report`, times.jobs.LOST, MATCH_LIMIT),
    late(`${label}: matching of a new found report`, times.jobs.FOUND, MATCH_LIMIT),
    late(`${label}: alert after the answer`, times.alerts, ALERT_LIMIT),
  ];
}

/// How long an alert takes while a shelter imports `rows` animals and until all of them are matched, and how many are
/// imported and matched per second.
export async function besideImport({ binary, server, file, label }, rows, least) {
  const staff = await register(server, 'sue');
  const shelter = await verifiedShelter(binary, server, staff, 'Large');
  const rounds = await pairs(server, BUSY_ROUNDS);
  const jobs = new Database(file, { readonly: true });
  const left = jobs.prepare("SELECT COUNT(*) FROM jobs WHERE lane = 'bulk'").pluck();
  const alerts = [];
  const began = performance.now();
  const import_ = finished(server, staff, await startImport(server, staff, shelter, rows, Date.now()));
  let imported;
  import_.then(() => (imported = (performance.now() - began) / 1000));
  while (imported === undefined || 0 < left.get()) {
    if (alerts.length < BUSY_ROUNDS) {
      alerts.push((await rounds.next(false)).alert);
    }
    await delay(BUSY_PAUSE);
  }
  const matched = (performance.now() - began) / 1000;
  const { state } = await import_;
  await rounds.close();
  jobs.close();
  if (state !== 'DONE') {
    throw new Error(`the import ended as ${state}`);
  }
  return [
    late(`${label}: alert after the answer, beside an import`, alerts, ALERT_LIMIT),
    {
      what: `${label}: found reports of one shelter, imported and matched`, value: rows / matched, unit: '/s', least,
      details: { reports: rows, 'imported, s': imported, 'all matched, s': matched },
    },
  ];
}

function late(what, times, limit) {
  const details = { p50: percentile(times, 0.5), slowest: percentile(times, 1), times: times.length };
  return { what: `${what}, p99`, value: percentile(times, 0.99), unit: 'ms', limit, details };
}

/// Members for so many rounds. `next` reports an animal twice, with the same chip, so that an alert is certain.
async function pairs(server, rounds) {
  const [chance, heard] = [seeded(7_919), new Map()];
  const people = [];
  for (let index = 0; index < Math.ceil(rounds / AN_HOUR); index += 1) {
    const [ann, bob] = [await register(server, unique('ann')), await register(server, unique('bob'))];
    const client = await connect(server, ann);
    client.subscribe({ query: ALERTS }, {
      next: ({ data }) => heard.get(data?.matchAlerts.match.lost.id)?.(performance.now()),
      error: (cause) => console.error(`matchAlerts: ${JSON.stringify(cause)}`),
      complete: () => {},
    });
    people.push({ ann, bob, client });
  }
  let round = 0;
  const next = async (isMeasured) => {
    const { ann, bob } = people[Math.floor(round / AN_HOUR)];
    round += 1;
    const input = { ...traits(animal(chance, 'lost')), microchip: chip(), location: { point: point(settle(chance).at) } };
    const jobs = {};
    const report = async (kind, member) => {
      const before = isMeasured ? await matchings(server) : undefined;
      const { reportPet } = await server.graphql(REPORT, { input: { ...input, kind, seenAt: new Date().toISOString() } }, member.token);
      return { id: reportPet.pet.id, answered: performance.now(), settled: async () => (jobs[kind] = await oneMore(server, before)) };
    };
    const lost = await report('LOST', ann);
    const alert = new Promise((resolve) => heard.set(lost.id, resolve));
    if (isMeasured) {
      await lost.settled();
    }
    const found = await report('FOUND', bob);
    const arrived = await Promise.race([alert, delay(PATIENCE, Infinity)]);
    if (isMeasured) {
      await found.settled();
    }
    return { alert: Math.max(arrived - found.answered, 0), jobs };
  };
  return { next, close: () => Promise.all(people.map(({ client }) => client.dispose())) };
}

/// How many matchings there were, and how many milliseconds they took in all.
async function matchings(server) {
  const text = await (await fetch(server.metrics)).text();
  const read = (name) => Number(new RegExp(`^sweetie_job_seconds_${name}\\{kind="find_matches"\\} (.*)$`, 'm').exec(text)?.[1] ?? 0);
  return { count: read('count'), millis: 1000 * read('sum') };
}

/// Waits for the next matching to end; returns its milliseconds.
async function oneMore(server, before) {
  for (const deadline = performance.now() + PATIENCE; performance.now() < deadline; await delay(5)) {
    const now = await matchings(server);
    if (before.count < now.count) {
      return (now.millis - before.millis) / (now.count - before.count);
    }
  }
  return Infinity;
}

/// The columns of a report as the API takes them.
function traits({ species, name, description, breed_primary: primary, breed_mixed: mixed, sex, altered, size, coat, pattern,
  age_group: ageGroup, colors, markings, collar }) {
  const values = Object.entries({ species, sex, altered, size, coat, pattern, ageGroup }).map(([key, value]) => [key, value.toUpperCase()]);
  return { ...Object.fromEntries(values), name, description, markings, collar, ...(primary && { breed: { primary, mixed } }),
    colors: colorNames(colors).map((color) => color.toUpperCase()) };
}

function point({ latitude, longitude }) {
  return { latitude, longitude };
}

let chips = Date.now() % 1_000_000;
function chip() {
  chips += 1;
  return `985112${String(chips).padStart(9, '0')}`;
}

function unique(name) {
  return `${name}-${process.hrtime.bigint()}`;
}
