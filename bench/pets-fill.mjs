// Writes reports directly to the server's table in a SQLite file.
import Database from 'better-sqlite3';

const BATCH = 50_000; // rows per transaction, so that the write-ahead log stays small

/// Adds all rows. Indices, including the full-text ones, are rebuilt at the end, which takes a fraction of the time.
/// Nothing is synced to disk: after a power failure the database has to be created again.
export function fillSqlite(file, rows) {
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  const attached = database
    .prepare("SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = 'pets' AND sql <> ''")
    .all();
  attached.forEach(({ type, name }) => database.exec(`DROP ${type} "${name}"`));
  insertAll(database, rows);
  attached.forEach(({ sql }) => database.exec(sql));
  for (const name of wordIndices(database)) {
    database.exec(`INSERT INTO "${name}" ("${name}") VALUES ('rebuild')`);
  }
  database.exec('ANALYZE');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/// Refuses a table whose columns differ from those of the rows, because the server's own reports would look different.
export function checkColumns(row, table) {
  const known = Object.keys(row);
  const strange = table.filter((column) => !known.includes(column));
  const gone = known.filter((column) => !table.includes(column));
  if (strange.length + gone.length > 0) {
    throw new Error(
      'bench/pets-row.mjs no longer writes what the table "pets" holds: ' +
        `${strange.length > 0 ? `it does not know ${strange.join(', ')}` : ''}` +
        `${strange.length > 0 && gone.length > 0 ? ', and ' : ''}` +
        `${gone.length > 0 ? `there is no ${gone.join(', ')}` : ''}`,
    );
  }
}

/// FTS5 tables without a copy of the reports, which triggers normally keep up to date.
function wordIndices(database) {
  const sql = "SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5(%' AND sql LIKE '%content=''pets''%'";
  return database.prepare(sql).pluck().all();
}

function insertAll(database, rows) {
  let insert;
  let columns;
  const addBatch = database.transaction((batch) => {
    batch.forEach((row) => insert.run(columns.map((column) => sqliteValue(row[column]))));
  });
  for (const batch of batches(rows)) {
    if (insert === undefined) {
      columns = Object.keys(batch[0]);
      checkColumns(batch[0], writtenColumns(database));
      insert = database.prepare(
        `INSERT INTO pets (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
    }
    addBatch(batch);
  }
}

/// All columns except those that SQLite fills itself: generated ones and the rowid.
function writtenColumns(database) {
  const all = database.pragma('table_info(pets)');
  return all.filter(({ type, pk }) => !(pk === 1 && type.toUpperCase() === 'INTEGER')).map(({ name }) => name);
}

function* batches(rows) {
  let batch = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}

function sqliteValue(value) {
  return typeof value === 'boolean' ? Number(value) : value;
}
