// Writes reports straight into the server's own table in a SQLite file.
import Database from 'better-sqlite3';

const BATCH = 50_000; // rows of a transaction, so that the write-ahead log stays small

/// Adds all rows; the indices are made anew at the end, which takes a fraction of the time. Nothing is synced: who loses
/// power starts again.
export function fillSqlite(file, rows) {
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  const indices = namedIndices(database);
  indices.forEach(({ name }) => database.exec(`DROP INDEX "${name}"`));
  insertAll(database, rows);
  indices.forEach(({ sql }) => database.exec(sql));
  database.exec('ANALYZE');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/// Refuses a table that has other columns than the rows, since a report of the server would look different.
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

function namedIndices(database) {
  const sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'pets' AND sql IS NOT NULL";
  return database.prepare(sql).all();
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
      checkColumns(batch[0], database.pragma('table_info(pets)').map(({ name }) => name));
      insert = database.prepare(
        `INSERT INTO pets (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
    }
    addBatch(batch);
  }
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
