// Reports for the measurements, written straight into the server's own table. This is the only place outside the
// server that knows the table's columns (entity/src/pet.rs); an unknown or missing one fails the first insert.
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { runCommand } from '../scripts/server.mjs';
import { between, pick, seeded } from './chance.mjs';

/// Reports lie as people live: a hundred towns in an area of about the size of Texas, each some ten kilometres wide.
export const TOWNS = towns(100);

const TOWN_RADIUS = 0.1; // degrees, one standard deviation

const MERCATOR_SIDE = 2 ** 26;
const KINDS = ['lost', 'found', 'sighted', 'sheltered'];
const SPECIES = ['dog', 'dog', 'cat', 'cat', 'rabbit', 'bird'];
const SEXES = ['female', 'male', 'unknown'];
const SIZES = ['small', 'medium', 'large', 'unknown'];
const AGE_GROUPS = ['baby', 'young', 'adult', 'senior', 'unknown'];
const NAMES = ['Sweetie', 'Biscuit', 'Pepper', 'Waffles', 'Clover', null];
const BREEDS = ['Beagle', 'Labrador Retriever', 'Domestic Shorthair', 'Chihuahua', null];

/// The settings with which the server opens the database that `fillDatabase` writes.
export function databaseSettings(directory) {
  return { SWEETIE_DATABASE_URL: `sqlite://${databaseFile(directory)}` };
}

/// The file of that database.
export function databaseFile(directory) {
  return join(directory, 'sweetie.db');
}

/// Lets the server make its tables in `directory` and adds `count` open reports.
export async function fillDatabase(binary, directory, count) {
  await runCommand(binary, ['migrate'], directory, databaseSettings(directory));
  const database = new Database(databaseFile(directory));
  const chance = seeded(20261120);
  const start = Date.now() - 20 * 86_400_000;
  const rows = Array.from({ length: count }, (_, index) => row(chance, start + index * 10));
  const columns = Object.keys(rows[0]);
  const insert = database.prepare(
    `INSERT INTO pets (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
  );
  database.transaction(() => rows.forEach((values) => insert.run(values)))();
  database.exec('ANALYZE');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

function towns(count) {
  const chance = seeded(30267);
  return Array.from({ length: count }, () => ({
    latitude: between(chance, 26, 36.5),
    longitude: between(chance, -106, -93.5),
  }));
}

/// Nearly a standard normal deviate: the sum of twelve even ones, less its mean.
function normal(chance) {
  return Array.from({ length: 12 }, chance).reduce((sum, value) => sum + value, -6);
}

function row(chance, reportedAt) {
  const town = pick(chance, TOWNS);
  const latitude = town.latitude + TOWN_RADIUS * normal(chance);
  const longitude = town.longitude + TOWN_RADIUS * normal(chance);
  const species = pick(chance, SPECIES);
  const name = pick(chance, NAMES);
  const breed = pick(chance, BREEDS);
  return {
    id: versionSeven(chance, reportedAt),
    kind: pick(chance, KINDS),
    status: 'open',
    urgent: 0,
    species,
    name,
    description: 'Shy, does not come when called. Last seen close to the river, heading north along the path.',
    breed_primary: breed,
    breed_secondary: null,
    breed_mixed: chance() < 0.5 ? 1 : 0,
    breed_raw: null,
    sex: pick(chance, SEXES),
    altered: 'unknown',
    size: pick(chance, SIZES),
    age_group: pick(chance, AGE_GROUPS),
    coat: 'short',
    colors: 1 << Math.floor(chance() * 6),
    color_raw: null,
    pattern: 'solid',
    markings: null,
    collar: 'red',
    weight_grams: null,
    microchipped: null,
    microchip: null,
    microchip_raw: null,
    private_marks: '[]',
    reward: null,
    seen_at: reportedAt - Math.floor(between(chance, 0, 86_400_000)),
    precision: 'point',
    ...position(latitude, longitude),
    place_label: 'Austin, TX',
    city: 'Austin',
    region: 'TX',
    postal_code: '78701',
    country: 'US',
    address: null,
    reporter_id: null,
    shelter_id: null,
    external_id: null,
    intake_type: null,
    import_hash: null,
    import_id: null,
    search_text: [species, name, breed, 'austin tx'].filter(Boolean).join(' ').toLowerCase(),
    reported_at: reportedAt,
    updated_at: reportedAt,
    closed_at: null,
    version: 1,
  };
}

/// The true point, here also the public one, with what the server derives from it.
function position(latitude, longitude) {
  const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  return {
    latitude,
    longitude,
    public_latitude: latitude,
    public_longitude: longitude,
    public_x: Math.cos(phi) * Math.cos(lambda),
    public_y: Math.cos(phi) * Math.sin(lambda),
    public_z: Math.sin(phi),
    map_x: Math.floor(((longitude + 180) / 360) * MERCATOR_SIDE),
    map_y: Math.floor(((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * MERCATOR_SIDE),
    anchor_latitude: latitude,
    anchor_longitude: longitude,
  };
}

/// A UUID of version 7 in its 16 bytes.
function versionSeven(chance, millis) {
  const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(chance() * 256)));
  bytes.writeUIntBE(millis, 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes;
}
