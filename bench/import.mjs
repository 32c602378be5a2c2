// A shelter's import: a hundred rows, and the size of a city's whole export, beside a script that writes the rows one by one.
// Measures the memory used, and its growth compared with a file of a tenth of the size.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { runCommand, startServer } from '../scripts/server.mjs';
import { intakesCsv } from './intakes.mjs';
import { register } from './member.mjs';
import { forgetPeak, memory } from './process.mjs';
import { rowsPerSecond } from './row-by-row.mjs';

const SMALL = 100;
const LARGE = 187_593; // the size of a city's open-data file of all intakes
const TENTH = Math.round(LARGE / 10);
const SMALL_LIMIT = 1;
const LARGE_LIMIT = 60;
const POLL = 20;
const PATIENCE = 900_000;
const GROWTH_LIMIT = 100;
const BY_SCRIPT = 10_000;
const TIMES = 5; // as many rows a second as the script, at least

const FOUND_SHELTER = `mutation ($input: RegisterShelterInput!) {
  registerShelter(input: $input) { shelter { id } userErrors { field code message } }
}`;
const VERIFY = `mutation ($input: VerifyShelterInput!) {
  verifyShelter(input: $input) { shelter { verified } userErrors { field code message } }
}`;
const UPLOAD = `mutation ($input: CreateUploadInput!) {
  createUpload(input: $input) {
    upload { id url method headers { name value } }
    userErrors { field code message }
  }
}`;
const IMPORT = `mutation ($input: ImportPetsInput!) {
  importPets(input: $input) { import { id } userErrors { field code message } }
}`;
const STATE = `query ($id: ID!) {
  node(id: $id) { ... on Import { state total processed created updated unchanged failed } }
}`;

/// The measurement: durations of the small and the large import in seconds, and peak memory of the medium and the large
/// one.
export async function measure(binary) {
  const server = await startServer({ binary, settings: { SWEETIE_RATE_LIMIT: '10000000',
    SWEETIE_NEW_ACCOUNT_HOURS: '0', SWEETIE_LOG: 'warn' } });
  try {
    const staff = await register(server, 'sue');
    const small = await pasted(server, staff, await verifiedShelter(binary, server, staff, 'Small'));
    const tenth = await uploaded(server, staff, await verifiedShelter(binary, server, staff, 'Tenth'), TENTH, 'T');
    const large = await uploaded(server, staff, await verifiedShelter(binary, server, staff, 'Large'), LARGE, 'L');
    const perSecond = LARGE / large.seconds;
    const peer = await byScript(binary);
    return [
      { what: 'rows of an import', value: perSecond, peer, ratio: perSecond / peer, least: TIMES, unit: '/s' },
      { what: `import of ${SMALL} rows`, value: small.seconds, unit: 's', limit: SMALL_LIMIT },
      { what: `import of ${LARGE.toLocaleString('en-US')} rows`, value: large.seconds, unit: 's', limit: LARGE_LIMIT },
      { what: `growth of memory, ${LARGE.toLocaleString('en-US')} rows`, value: large.growth, unit: 'MiB', limit: GROWTH_LIMIT },
      { what: `highest memory, ${TENTH.toLocaleString('en-US')} rows`, value: tenth.peak, unit: 'MiB' },
      { what: `highest memory, ${LARGE.toLocaleString('en-US')} rows`, value: large.peak, unit: 'MiB' },
    ];
  } finally {
    await server.stop();
  }
}

/// Rows per second of the script, in a file of the server's layout and with the server's durability.
async function byScript(binary) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-script-'));
  try {
    return await rowsPerSecond(binary, directory, intakesCsv(BY_SCRIPT, 'P'), { asServer: true });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/// A shelter founded by the member and verified by an admin, here the same person.
export async function verifiedShelter(binary, server, staff, name) {
  const input = { name: `${name} Shelter`, type: 'SHELTER', location: { postalCode: '78701' } };
  const { registerShelter } = await server.graphql(FOUND_SHELTER, { input }, staff.token);
  await runCommand(binary, ['grant-role', staff.email, 'admin'], server.data);
  await server.graphql(VERIFY, { input: { shelterId: registerShelter.shelter.id } }, staff.token);
  return registerShelter.shelter.id;
}

function pasted(server, staff, shelterId) {
  return timed(server, staff, SMALL, { shelterId, data: intakesCsv(SMALL, 'S') });
}

async function uploaded(server, staff, shelterId, rows, prefix) {
  const uploadId = await upload(server, staff, rows, prefix);
  return timed(server, staff, rows, { shelterId, uploadId });
}

/// Starts an import of `rows` rows and returns its id. The animals were taken in years ago, or in the month before `until`.
export async function startImport(server, staff, shelterId, rows, until) {
  const uploadId = await upload(server, staff, rows, 'L', until);
  const { importPets } = await server.graphql(IMPORT, { input: { shelterId, uploadId } }, staff.token);
  return importPets.import.id;
}

async function upload(server, staff, rows, prefix, until) {
  const bytes = Buffer.from(intakesCsv(rows, prefix, until));
  const input = { purpose: 'IMPORT', contentType: 'text/csv', byteSize: bytes.length, filename: 'intakes.csv' };
  const { createUpload } = await server.graphql(UPLOAD, { input }, staff.token);
  const { id, url, method, headers } = createUpload.upload;
  forgetPeak(server.pid);
  const put = await fetch(url, {
    method,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: bytes,
  });
  if (!put.ok) {
    throw new Error(`the upload was answered with ${put.status}: ${await put.text()}`);
  }
  return id;
}

/// Time from the request until the import reports that it is done; every row must have been accepted.
async function timed(server, staff, rows, input) {
  const before = memory(server.pid).resident;
  const started = performance.now();
  const { importPets } = await server.graphql(IMPORT, { input }, staff.token);
  const state = await finished(server, staff, importPets.import.id);
  const seconds = (performance.now() - started) / 1000;
  if (state.state !== 'DONE' || state.processed !== rows || state.failed > 0) {
    throw new Error(`the import ended as ${JSON.stringify(state)}`);
  }
  const { peak } = memory(server.pid);
  return { seconds, peak, growth: peak - before };
}

export async function finished(server, staff, id) {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await delay(POLL)) {
    const { node } = await server.graphql(STATE, { id }, staff.token);
    if (!['QUEUED', 'RUNNING'].includes(node.state)) {
      return node;
    }
  }
  throw new Error(`the import was not over within ${PATIENCE} ms`);
}
