// Reports for the smaller measurements: a hundred towns in a square about the size of Texas.
import { join } from 'node:path';

import { runCommand } from '../scripts/server.mjs';
import { between, pick, seeded } from './chance.mjs';
import { fillSqlite } from './pets-fill.mjs';
import { petRow, versionSeven } from './pets-row.mjs';

/// Reports are clustered like people: a hundred towns in an area about the size of Texas, each about ten kilometres
/// wide.
export const TOWNS = towns(100);

const TOWN_RADIUS = 0.1; // degrees, one standard deviation

const KINDS = ['lost', 'found', 'sighted', 'sheltered'];
const SPECIES = ['dog', 'dog', 'cat', 'cat', 'rabbit', 'bird'];
const SEXES = ['female', 'male', 'unknown'];
const SIZES = ['small', 'medium', 'large', 'unknown'];
const AGE_GROUPS = ['baby', 'young', 'adult', 'senior', 'unknown'];
const NAMES = ['Sweetie', 'Biscuit', 'Pepper', 'Waffles', 'Clover', null];
const BREEDS = ['Beagle', 'Labrador Retriever', 'Domestic Shorthair', 'Chihuahua', null];
const PLACE = { label: 'Austin, TX', city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' };

/// The settings for a server that opens the database written by `fillDatabase`.
export function databaseSettings(directory) {
  return { SWEETIE_DATABASE_URL: `sqlite://${databaseFile(directory)}` };
}

/// The path of that database.
export function databaseFile(directory) {
  return join(directory, 'sweetie.db');
}

/// Lets the server create its tables in `directory` and adds `count` open reports.
export async function fillDatabase(binary, directory, count) {
  await runCommand(binary, ['migrate'], directory, databaseSettings(directory));
  fillSqlite(databaseFile(directory), rows(count));
}

function* rows(count) {
  const chance = seeded(20261120);
  const start = Date.now() - 20 * 86_400_000;
  for (let index = 0; index < count; index += 1) {
    yield row(chance, start + index * 10);
  }
}

function towns(count) {
  const chance = seeded(30267);
  return Array.from({ length: count }, () => ({
    latitude: between(chance, 26, 36.5),
    longitude: between(chance, -106, -93.5),
  }));
}

/// Approximately a standard normal deviate: the sum of twelve uniform ones, minus its mean.
function nearlyNormal(chance) {
  return Array.from({ length: 12 }, chance).reduce((sum, value) => sum + value, -6);
}

function row(chance, reportedAt) {
  const town = pick(chance, TOWNS);
  const at = {
    latitude: town.latitude + TOWN_RADIUS * nearlyNormal(chance),
    longitude: town.longitude + TOWN_RADIUS * nearlyNormal(chance),
  };
  return petRow({
    id: versionSeven(chance, reportedAt),
    reportedAt,
    seenAt: reportedAt - Math.floor(between(chance, 0, 86_400_000)),
    at,
    place: PLACE,
    kind: pick(chance, KINDS),
    species: pick(chance, SPECIES),
    name: pick(chance, NAMES),
    description: 'Shy, does not come when called. Last seen close to the river, heading north along the path.',
    breed_primary: pick(chance, BREEDS),
    breed_mixed: chance() < 0.5,
    sex: pick(chance, SEXES),
    size: pick(chance, SIZES),
    age_group: pick(chance, AGE_GROUPS),
    coat: 'short',
    colors: 1 << Math.floor(chance() * 6),
    pattern: 'solid',
    collar: 'red',
  });
}
