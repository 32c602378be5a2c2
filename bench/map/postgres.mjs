// A temporary PostgreSQL and Redis for the measurements (scripts/test-services.sh), and reports in a database there.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

import { checkColumns } from '../pets-fill.mjs';
import { familyCpuMicros } from '../process.mjs';

const SCRIPT = fileURLToPath(new URL('../../scripts/test-services.sh', import.meta.url));
const CHUNK = 500; // rows passed to psql at a time

/// Starts both services; `stop` ends them and removes their files. `cpu` is the CPU time of all PostgreSQL processes in
/// microseconds.
export async function startServices() {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-services-'));
  const stop = async () => {
    execFileSync(SCRIPT, ['down', directory], { stdio: 'ignore' });
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const printed = execFileSync(SCRIPT, ['up', directory], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      // Enough for a million reports with their indices, as on a production machine.
      env: { ...process.env, TEST_POSTGRES_SHARED_BUFFERS: '2GB' },
    });
    const address = (name) => new RegExp(`${name}=(\\S+)`).exec(printed)[1];
    const [postmaster] = readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    return {
      postgres: address('SWEETIE_TEST_POSTGRES_URL'),
      redis: address('SWEETIE_TEST_REDIS_URL'),
      cpu: () => familyCpuMicros(Number(postmaster)),
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/// Creates an empty database and returns its URL.
export function createDatabase(services, name) {
  sql(services.postgres, `CREATE DATABASE ${name}`);
  const url = new URL(services.postgres);
  url.pathname = `/${name}`;
  return url.href;
}

/// Drops a database and disconnects all its clients.
export function dropDatabase(services, name) {
  sql(services.postgres, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/// Runs statements and returns their output: a line for each row, values separated by `|`.
export function sql(url, statements) {
  const argv = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-f', '-', url];
  return execFileSync('psql', argv, { input: statements, encoding: 'utf8', env: searching() }).trim();
}

/// Adds all rows to the server's table with COPY and rebuilds the indices at the end, like `fillSqlite`.
export async function fillPostgres(url, rows) {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next().value;
  const columns = Object.keys(first);
  checkColumns(first, tableColumns(url));
  const indices = sql(
    url,
    `SELECT i.indexname, i.indexdef FROM pg_indexes i
     WHERE i.tablename = 'pets' AND i.schemaname = 'public'
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`,
  ).split('\n').map((line) => line.split('|'));
  sql(url, indices.map(([name]) => `DROP INDEX "${name}";`).join('\n'));
  await copy(url, `COPY pets (${columns.join(', ')}) FROM STDIN`, lines(first, iterator, columns));
  sql(url, `SET maintenance_work_mem = '256MB'; ${indices.map(([, definition]) => `${definition};`).join('\n')}`);
  sql(url, 'VACUUM (ANALYZE) pets');
}

function tableColumns(url) {
  return sql(
    url,
    `SELECT column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = 'pets' AND is_generated = 'NEVER'`,
  ).split('\n');
}

async function copy(url, statement, source) {
  const argv = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', statement, url];
  const child = spawn('psql', argv, { stdio: ['pipe', 'inherit', 'inherit'], env: searching() });
  const ended = once(child, 'exit');
  await pipeline(Readable.from(source), child.stdin);
  const [code] = await ended;
  if (code !== 0) {
    throw new Error(`psql ended with ${code}`);
  }
}

function* lines(first, others, columns) {
  let chunk = [line(first, columns)];
  for (const row of { [Symbol.iterator]: () => others }) {
    chunk.push(line(row, columns));
    if (chunk.length === CHUNK) {
      yield chunk.join('');
      chunk = [];
    }
  }
  yield chunk.join('');
}

function line(row, columns) {
  return `${columns.map((column) => copyValue(row[column])).join('\t')}\n`;
}

/// Encodes a value for COPY's text format.
function copyValue(value) {
  if (value === null) {
    return '\\N';
  }
  if (Buffer.isBuffer(value)) {
    return value.toString('hex');
  }
  return typeof value === 'string' ? value.replace(/[\\\n\t\r]/g, escaped) : String(value);
}

function escaped(character) {
  return { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' }[character];
}

/// Finds PostgreSQL's programs, which are not on the path of every Debian.
function searching() {
  const versions = '/usr/lib/postgresql';
  let bins = [];
  try {
    bins = readdirSync(versions).map((version) => join(versions, version, 'bin'));
  } catch {
    // On other systems they are on the path.
  }
  return { ...process.env, PATH: [process.env.PATH, ...bins].join(':') };
}
