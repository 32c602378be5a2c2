// A database created by our server and filled with reports; the same rows on SQLite and PostgreSQL.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startServer } from '../../scripts/server.mjs';
import { register } from '../member.mjs';
import { fillSqlite } from '../pets-fill.mjs';
import { createDatabase, dropDatabase, fillPostgres } from './postgres.mjs';
import { reports } from './reports.mjs';
import { TOWNS } from './towns.mjs';

const MEMBERS = 20;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // of the base 32 encoding of ids

const FOUND_SHELTER = `mutation ($input: RegisterShelterInput!) {
  registerShelter(input: $input) { shelter { id } userErrors { field code message } }
}`;

/// A filled SQLite database: `file`, its `directory`, and the `settings` for a server that opens it; `remove` deletes
/// everything.
export async function sqliteData(binary, count) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  const file = join(directory, 'sweetie.db');
  const settings = { ...SETTINGS, SWEETIE_DATABASE_URL: `sqlite://${file}` };
  await fill({ binary, directory, settings, count }, (rows) => fillSqlite(file, rows));
  return { directory, file, settings, remove: () => rm(directory, { recursive: true, force: true }) };
}

/// A filled PostgreSQL database: its `url`, a `directory` for a first server, and the `settings` for any number of
/// servers that use it.
export async function postgresData(binary, services, count) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  const name = `reports_${count}`;
  const url = createDatabase(services, name);
  const settings = {
    ...SETTINGS,
    SWEETIE_DATABASE_URL: url,
    SWEETIE_REDIS_URL: services.redis,
    SWEETIE_SECRET: randomBytes(32).toString('hex'),
  };
  await fill({ binary, directory, settings, count }, (rows) => fillPostgres(url, rows));
  const remove = async () => {
    dropDatabase(services, name);
    await rm(directory, { recursive: true, force: true });
  };
  return { directory, url, settings, remove };
}

const SETTINGS = { SWEETIE_RATE_LIMIT: '10000000', SWEETIE_SOCKETS_PER_ADDRESS: '1000', SWEETIE_LOG: 'warn' };

async function fill({ binary, directory, settings, count }, write) {
  const people = await settlers({ binary, directory, settings });
  await write(reports(count, { until: Date.now(), ...people }));
}

/// Ids of members and their shelters, which the server itself has created.
async function settlers({ binary, directory, settings }) {
  const server = await startServer({ binary, directory, settings });
  try {
    const people = { reporters: [], shelters: [] };
    for (let index = 0; index < MEMBERS; index += 1) {
      const member = await register(server, `settler${index}`);
      const { latitude, longitude, city } = TOWNS[index];
      const input = { name: `${city} Shelter`, type: 'SHELTER', location: { point: { latitude, longitude } } };
      const { registerShelter } = await server.graphql(FOUND_SHELTER, { input }, member.token);
      people.reporters.push(bytesOfId(member.id));
      people.shelters.push(bytesOfId(registerShelter.shelter.id));
    }
    return people;
  } finally {
    await server.stop();
  }
}

/// The 16 bytes of an id in text form.
function bytesOfId(id) {
  const digits = [...id.slice(id.indexOf('_') + 1)];
  const bits = digits.reduce((sum, digit) => (sum << 5n) | BigInt(ALPHABET.indexOf(digit)), 0n);
  return Buffer.from(bits.toString(16).padStart(32, '0'), 'hex');
}
