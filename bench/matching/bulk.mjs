// Reports that are matched in the bulk lane, as those of an import are.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import Database from 'better-sqlite3';

import { shown } from '../import-load.mjs';

const BATCH = 64; // reports of one job, as many as an import writes in one transaction
const PATIENCE = 1_800_000;

/// Imported reports matched per second, beside lists that are there.
export async function bulk({ file, label }, imports) {
  const value = await matched(file, imports);
  const details = { reports: imports.flat().length, imports: imports.length };
  return { what: `${label}: found reports of shelters everywhere, bulk lane`, value, unit: '/s', details };
}

/// Queues the jobs of these reports as if imports had just written them, and waits for the end of the last one; returns
/// reports per second.
export async function matched(file, imports) {
  const database = new Database(file);
  const ids = imports.flat();
  try {
    const left = database.prepare("SELECT COUNT(*) FROM jobs WHERE kind = 'find_matches'").pluck();
    database.transaction(() => imports.forEach((ids) => queue(database, ids)))();
    const began = performance.now();
    for (const deadline = Date.now() + PATIENCE; 0 < left.get(); await delay(20)) {
      if (deadline < Date.now()) {
        throw new Error(`${ids.length} reports were not matched within ${PATIENCE} ms`);
      }
    }
    return ids.length / ((performance.now() - began) / 1000);
  } finally {
    database.close();
  }
}

/// The reports of one import.
function queue(database, ids) {
  const insert = database.prepare(`INSERT INTO jobs (id, kind, payload, unique_key, lane, state, run_at, attempts, leases, created_at)
    VALUES (?, 'find_matches', ?, ?, 'bulk', 'queued', 0, 0, 0, 0)`);
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const payload = { kind: 'find_matches', pet_ids: batch.map((id) => `pet_${shown(id)}`), import_id: `imp_${shown(ids[0])}` };
    insert.run(batch[0], JSON.stringify(payload), `bench:${shown(batch[0])}`);
  }
}
