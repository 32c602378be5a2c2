// What an import is compared with: a script that writes the same rows itself. For each line of the file it looks the animal up
// by the shelter's own id and writes the animal, its stay, the intake as an event and the report, each statement committed by
// itself. It understands nothing of the file but its cells.
import { performance } from 'node:perf_hooks';

import Database from 'better-sqlite3';

import { runCommand } from '../scripts/server.mjs';
import { seeded } from './chance.mjs';
import { databaseFile, databaseSettings } from './pets-table.mjs';
import { petRow, versionSeven } from './pets-row.mjs';

const AUSTIN = { latitude: 30.2672, longitude: -97.7431 };
const PLACE = { label: 'Austin, TX', city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' };

/// Rows per second of that script, on a fresh database with the server's tables, in SQLite's own default of durability or as
/// the server opens its file.
export async function rowsPerSecond(binary, directory, csv, { asServer }) {
  await runCommand(binary, ['migrate'], directory, databaseSettings(directory));
  const database = new Database(databaseFile(directory));
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${asServer ? 'NORMAL' : 'FULL'}`);
  database.pragma('foreign_keys = OFF');
  const lines = csv.split('\n').slice(1, -1);
  const started = performance.now();
  const write = writer(database);
  lines.forEach((line) => write(cells(line)));
  const seconds = (performance.now() - started) / 1000;
  database.close();
  return lines.length / seconds;
}

function writer(database) {
  const chance = seeded(117_169);
  const shelter = versionSeven(chance, Date.now());
  const find = database.prepare('SELECT id FROM shelter_animals WHERE shelter_id = ? AND external_id = ?').pluck();
  const insert = inserter(database);
  return ([externalId, name, intake, , found, intakeType, , type, , , breed, color]) => {
    const now = Date.now();
    const id = () => versionSeven(chance, now);
    const [animal, stay, pet, at] = [find.get(shelter, externalId) ?? id(), id(), id(), Date.parse(intake)];
    const is = { name, species: type.toLowerCase(), breed_primary: breed, breed_raw: breed, color_raw: color, animal_id: animal };
    insert('pets', { ...petRow({ id: pet, reportedAt: now, seenAt: at, at: AUSTIN, place: PLACE, ...is }), kind: 'sheltered',
      address: found, shelter_id: shelter });
    insert('shelter_animals', animalRow({ id: animal, shelter_id: shelter, external_id: externalId, now, ...is }));
    insert('stays', { id: stay, animal_id: animal, shelter_id: shelter, intake_at: at, intake_kind: 'stray',
      intake_type: intakeType, stage: 'intake', outcome: 'unknown', outcome_at: at, pet_id: pet, created_at: now,
      updated_at: now, version: 1, hold_open_ended: 0 });
    insert('stay_events', { stay_id: stay, number: 1, kind: 'taken_in', to_value: 'stray', happened_at: at, recorded_at: now,
      recorded_by: 'script' });
  };
}

function animalRow({ now, animal_id: _, ...columns }) {
  return { source: '', sex: 'unknown', altered: 'unknown', size: 'unknown', age_group: 'unknown', coat: 'unknown', colors: 0,
    pattern: 'unknown', breed_mixed: 0, created_at: now, updated_at: now, version: 1, ...columns };
}

/// Writes a row into a table; an animal that is there is replaced.
function inserter(database) {
  const statements = new Map();
  return (table, row) => {
    const columns = Object.keys(row);
    if (!statements.has(table)) {
      const marks = columns.map(() => '?').join(', ');
      statements.set(table, database.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${marks})`));
    }
    statements.get(table).run(columns.map((column) => (typeof row[column] === 'boolean' ? Number(row[column]) : row[column])));
  };
}

/// The cells of a line, without line breaks in them.
function cells(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .map(([, cell]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}
