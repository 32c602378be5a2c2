// A viewport with a hundred single pins, compared with graphql-yoga's box query of a hundred rows: CPU time per
// request.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import Database from 'better-sqlite3';

import { seeded } from '../chance.mjs';
import { post } from '../load.mjs';
import { startPeer } from '../peer.mjs';
import { cpuMicros } from '../process.mjs';
import { cpuPerRequest } from '../turns.mjs';
import { PAGE, boxRequest, mapRequest } from './queries.mjs';
import { displaced, pickTown } from './towns.mjs';
import { viewportAround } from './viewports.mjs';

const PEER = fileURLToPath(new URL('../yoga-peer.mjs', import.meta.url));
const VIEWPORTS = 200;
const REPEATS = 10;
const SECONDS = 8;
const MOST = 110; // maximum number of reports in a viewport
const ZOOM = 17; // the first zoom without clusters
const LIMIT = 0.15;

/// CPU time per request of both, and their ratio. Only on SQLite, because the peer needs it.
export async function measure({ server, data, cpu, label }) {
  if (!data.file) {
    return [];
  }
  const views = hundredsOfPins(data.file);
  const ours = views.map((bounds) => mapRequest(bounds, ZOOM));
  const theirs = views.map(boxRequest);
  const url = `${server.origin}/graphql`;
  const pins = await checkPins(url, ours);
  const peer = await startPeer(PEER, data.file);
  try {
    const [value, other] = await cpuPerRequest(
      [
        { url, bodies: repeated(ours), cpu },
        { url: peer.url, bodies: repeated(theirs), cpu: () => cpuMicros(peer.pid) },
      ],
      SECONDS,
    );
    const what = `${label}: petMap of ${Math.round(pins)} single pins, CPU per request (peer: graphql-yoga, ${PAGE} rows)`;
    return [{ what, value, peer: other, ratio: value / other, unit: 'µs', limit: LIMIT }];
  } finally {
    await peer.stop();
  }
}

/// Viewports in and around towns, each just large enough for a hundred reports.
function hundredsOfPins(file) {
  const chance = seeded(100);
  const database = new Database(file, { readonly: true });
  const count = database
    .prepare(
      `SELECT COUNT(*) FROM pets WHERE status IN ('open', 'matched')
         AND public_latitude BETWEEN @south AND @north AND public_longitude BETWEEN @west AND @east`,
    )
    .pluck();
  const found = [];
  for (let attempt = 0; found.length < VIEWPORTS && attempt < 5 * VIEWPORTS; attempt += 1) {
    const center = displaced(pickTown(chance), 360 * chance(), 15 * chance());
    const bounds = sized((box) => count.get(box), center);
    if (bounds) {
      found.push(bounds);
    }
  }
  database.close();
  assert.equal(found.length, VIEWPORTS);
  return found;
}

/// Bisects the size until the number of reports fits; none if many share the same place.
function sized(count, center) {
  let [small, large] = [2 ** -20, 2 ** -6];
  for (let step = 0; step < 40; step += 1) {
    const bounds = viewportAround(center, Math.sqrt(small * large));
    const inside = count(bounds);
    if (PAGE <= inside && inside <= MOST) {
      return bounds;
    }
    [small, large] = inside < PAGE ? [Math.sqrt(small * large), large] : [small, Math.sqrt(small * large)];
  }
  return undefined;
}

/// Checks that every response consists of a hundred or a few more single pins; returns their average number.
async function checkPins(url, bodies) {
  let sum = 0;
  for (const body of bodies) {
    const { petMap } = JSON.parse(await post(url, body)).data;
    assert.deepEqual(petMap.clusters, []);
    assert.ok(PAGE <= petMap.pets.length, `${petMap.pets.length} pins`);
    sum += petMap.pets.length;
  }
  return sum / bodies.length;
}

function repeated(bodies) {
  return Array.from({ length: REPEATS }, () => bodies).flat();
}
