// The lists of matches that lost reports have. The server makes those of a sample; every other lost report gets a list with
// the scores of a report of its species in a town as large as its own, and with counterparts of its town.
import Database from 'better-sqlite3';

import { versionSeven } from '../pets-row.mjs';
import { seeded } from '../chance.mjs';

const OPEN = "closed_at IS NULL AND status IN ('open', 'matched')";
const BATCH = 50_000;

/// The ids of `count` lost reports, spread evenly over the time of reporting.
export function sampleOfLost(file, count) {
  return sample(file, `kind = 'lost' AND ${OPEN}`, count);
}

/// The ids of the `count` newest reports of animals that were found, seen or taken in, by town: as many imports.
export function sampleOfOthers(file, count) {
  return withDatabase(file, (database) => {
    const newest = `SELECT id, city FROM pets WHERE kind <> 'lost' AND ${OPEN} ORDER BY reported_at DESC LIMIT ?`;
    const towns = grouped(database.prepare(newest).all(count), ({ city }) => city);
    return [...towns.values()].map((reports) => reports.map(({ id }) => id));
  });
}

function sample(file, condition, count) {
  return withDatabase(file, (database) => {
    const ids = database.prepare(`SELECT id FROM pets WHERE ${condition} ORDER BY id`).pluck().all();
    const step = Math.max(ids.length / count, 1);
    return Array.from({ length: Math.min(count, ids.length) }, (_, index) => ids[Math.floor(index * step)]);
  });
}

/// Writes the lists of all lost reports outside of the sample, in which the server has made them. Nothing has been compared
/// with the reports of `imports` yet.
export function fillLists(file, sampled, imports) {
  withDatabase(file, (database) => {
    database.pragma('synchronous = OFF');
    database.pragma('foreign_keys = OFF');
    const indices = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'matches' AND sql <> ''").all();
    const models = modelLists(database, sampled);
    indices.forEach(({ name }) => database.exec(`DROP INDEX "${name}"`));
    insertAll(database, lists(database, models, new Set(imports.flat().map((id) => id.toString('hex')))));
    indices.forEach(({ sql }) => database.exec(sql));
    database.exec('ANALYZE');
    database.pragma('wal_checkpoint(TRUNCATE)');
  });
}

/// The lists that the server has made, by species and the size of the town.
function modelLists(database, sampled) {
  const rows = database.prepare('SELECT lost_id, score, likelihood, band, competes, surroundings, factors FROM matches').all();
  const lists = grouped(rows, ({ lost_id: id }) => id.toString('hex'));
  const isSampled = new Set(sampled.map((id) => id.toString('hex')));
  const ranked = lostInOrder(database).filter(({ id }) => isSampled.has(id.toString('hex')));
  const models = grouped(ranked, ({ species }) => species);
  return { isSampled, of: (species, share) => {
    const alike = models.get(species) ?? [];
    const model = alike[Math.floor(share * alike.length)];
    return (model && lists.get(model.id.toString('hex'))) ?? [];
  } };
}

/// All lost reports, those of the largest towns first.
function lostInOrder(database) {
  return database
    .prepare(`WITH towns AS (SELECT city, COUNT(*) AS reports FROM pets GROUP BY city)
      SELECT pets.id, species, pets.city FROM pets JOIN towns ON towns.city = pets.city
      WHERE kind = 'lost' AND ${OPEN} ORDER BY reports DESC, pets.city, pets.id`)
    .all();
}

function* lists(database, models, isImported) {
  const chance = seeded(20_261_130);
  const others = grouped(
    database.prepare(`SELECT id, species, city FROM pets WHERE kind <> 'lost' AND ${OPEN}`).all()
      .filter(({ id }) => !isImported.has(id.toString('hex'))),
    ({ species, city }) => `${species} ${city}`,
  );
  const now = Date.now();
  for (const [species, lost] of grouped(lostInOrder(database), ({ species }) => species)) {
    for (const [index, { id, city }] of lost.entries()) {
      if (models.isSampled.has(id.toString('hex'))) {
        continue;
      }
      const near = others.get(`${species} ${city}`) ?? [];
      const start = Math.floor(chance() * near.length);
      const list = models.of(species, index / lost.length).slice(0, near.length);
      for (const [place, { score, likelihood, band, competes, surroundings, factors }] of list.entries()) {
        const other = near[(start + place) % near.length];
        yield [versionSeven(chance, now), id, other.id, band, score, likelihood, competes, surroundings, factors, now, now];
      }
    }
  }
}

/// The rows by the key that each of them has.
function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) {
      group.push(row);
    } else {
      groups.set(key, [row]);
    }
  }
  return groups;
}

function insertAll(database, rows) {
  const insert = database.prepare(`INSERT INTO matches (id, lost_id, other_id, band, score, likelihood, competes, surroundings, factors, state,
    created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', ?, ?)`);
  const addBatch = database.transaction((batch) => batch.forEach((row) => insert.run(row)));
  let batch = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH) {
      addBatch(batch);
      batch = [];
    }
  }
  addBatch(batch);
}

function withDatabase(file, work) {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
