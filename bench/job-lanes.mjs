// Whether large imports hold up what people wait for: while three shelters import 50,000 rows each, and until all resulting
// jobs are done, members report and get alerts, people register and get mails, and codes go to phones. Measures how long
// the oldest due job of each lane has waited, as read from the queue every 50 ms.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import Database from 'better-sqlite3';

import { startServer } from '../scripts/server.mjs';
import { ALERT_LIMIT, SETTINGS, latency, together, until, withDirectory } from './import-load.mjs';
import { finished, startImport, verifiedShelter } from './import.mjs';
import { register } from './member.mjs';
import { databaseFile, databaseSettings } from './pets-table.mjs';

const SHELTERS = 3;
const ROWS = 50_000;
const PAIRS = 10;
const CODES = 20; // an hour, for one network
const LOOK = 50;
const LIMITS = { interactive: 1_000, delivery: 5_000 };

const ASK_CODE = `mutation ($input: RequestPhoneVerificationInput!) {
  requestPhoneVerification(input: $input) { userErrors { field code message } }
}`;
const OLDEST = `SELECT lane, MIN(run_at) AS since FROM jobs
  WHERE state = 'queued' AND run_at <= ? GROUP BY lane`;

/// The measurement.
export async function measure(binary) {
  return withDirectory(async (directory) => {
    const server = await startServer({ binary, directory, settings: { ...databaseSettings(directory), ...SETTINGS } });
    const database = new Database(databaseFile(directory));
    try {
      const shelters = [];
      for (let index = 0; index < SHELTERS; index += 1) {
        const staff = await register(server, `staff${index}`);
        shelters.push({ staff, id: await verifiedShelter(binary, server, staff, `Shelter ${index}`) });
      }
      const members = [];
      for (let index = 0; index < 2 * PAIRS; index += 1) {
        members.push(await register(server, `member${index}`));
      }
      database.prepare('UPDATE members SET email_verified = 1').run();
      const pairs = members.flatMap((member, index) => (index % 2 ? [[members[index - 1], member]] : []));
      const left = database.prepare('SELECT COUNT(*) FROM jobs').pluck();
      const [times, sent] = [{ alerts: [], messages: [] }, { mails: 0, codes: 0 }];
      const over = { yes: false };
      const began = performance.now();
      const ids = [];
      for (const { staff, id } of shelters) {
        ids.push(await startImport(server, staff, id, ROWS));
      }
      const waits = watch(database, over);
      const people = pairs.map((pair, index) => together(server, pair, { index, times, over }));
      const others = [newcomers(server, sent, over), codes(server, members, sent, over)];
      for (const [index, { staff }] of shelters.entries()) {
        const state = await finished(server, staff, ids[index]);
        if (state.state !== 'DONE') {
          throw new Error(`an import ended as ${JSON.stringify(state)}`);
        }
      }
      const imported = (performance.now() - began) / 1000;
      await until(() => left.get() < 2 * PAIRS);
      over.yes = true;
      await Promise.all([...people, ...others]);
      const longest = await waits;
      return [
        { what: `${SHELTERS} imports of ${ROWS.toLocaleString('en-US')} rows at once`, value: imported, unit: 's',
          details: sent },
        ...Object.entries(LIMITS).map(([lane, limit]) => (
          { what: `oldest due job of the ${lane} lane`, value: longest[lane] ?? 0, unit: 'ms', limit })),
        { what: 'oldest due job of the bulk lane', value: longest.bulk ?? 0, unit: 'ms' },
        latency('alert of a match', times.alerts, ALERT_LIMIT),
      ];
    } finally {
      await server.stop();
      database.close();
    }
  });
}

/// The longest wait of the oldest due job, by lane, until it is over.
async function watch(database, over) {
  const oldest = database.prepare(OLDEST);
  const longest = {};
  while (!over.yes) {
    const now = Date.now();
    for (const { lane, since } of oldest.all(now)) {
      longest[lane] = Math.max(longest[lane] ?? 0, now - since);
    }
    await delay(LOOK);
  }
  return longest;
}

/// Each gets a mail that asks them to verify their address.
async function newcomers(server, sent, over) {
  for (let number = 0; !over.yes; number += 1) {
    await register(server, `newcomer${number}`);
    sent.mails += 1;
    await delay(500);
  }
}

async function codes(server, members, sent, over) {
  for (let number = 0; number < CODES && !over.yes; number += 1) {
    const phone = `+1512${String(5_550_100 + number).padStart(7, '0')}`;
    await server.graphql(ASK_CODE, { input: { phone } }, members[number % members.length].token);
    sent.codes += 1;
    await delay(1_000);
  }
}
