#!/usr/bin/env node
// The index behind the map beside the npm package supercluster: the same reports, viewports and zooms, both including
// the objects that they answer with. The index counts each kind and can be changed report by report; the peer does
// neither here, which is its fastest way. Times are those that the thread had a processor. Usage: map-index.mjs
// [COUNT…], by default 100,000 and 1,000,000 reports; needs `cargo build --release --example pet_index`. SWEETIE_PET_INDEX names
// another program than target/release/examples/pet_index.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import Supercluster from 'supercluster';

import { between, seeded } from './chance.mjs';
import { missed, print } from './figures.mjs';

const PROGRAM = process.env.SWEETIE_PET_INDEX ?? fileURLToPath(new URL('../target/release/examples/pet_index', import.meta.url));

const COUNTS = [100_000, 1_000_000];
const ZOOMS = [3, 8, 12, 16];
const VIEWS_OF_A_ZOOM = 200;
const [VIEW_WIDTH, VIEW_HEIGHT] = [1024, 768]; // pixels; a tile is 512 wide
const LONG_ENOUGH = 300; // minimum duration of each measurement in milliseconds

const METROS = 300;
const RURAL_PART = 0.05;
const METRO_KILOMETERS = 9; // median distance from the centre; with this spread 95 % are between 2 and 40
const METRO_SPREAD = 0.75;
const KILOMETERS_OF_A_DEGREE = 111.2;

const BUILD_LIMIT = 0.5;
const DRAW_LIMIT = 1 / 3;
const MEMORY_LIMIT = 200;
const FILTER_LIMIT = 10;
const CHANGE_LIMIT = 100;

/// The measurement, for each number of reports.
export async function measure(_binary, counts = COUNTS) {
  return counts.flatMap((count) => compare(count));
}

function compare(count) {
  const points = reports(count);
  const views = viewports(points);
  const ours = petIndex(points, views);
  const theirs = peer(points, views);
  const of = (what) => `map index, ${count.toLocaleString('en-US')}: ${what}`;
  const beside = (what, value, peer, unit, limit) => ({ what: of(what), value, peer, ratio: value / peer, unit, limit });
  const draws = ours.draws.map(({ zoom, nanos, clusters, pins }, place) => {
    const drawn = `zoom ${zoom}, ${Math.round(clusters)} clusters, ${Math.round(pins)} pins`;
    return beside(drawn, nanos / 1e3, theirs.draws[place] / 1e3, 'µs', DRAW_LIMIT);
  });
  const ofTwoKinds = ours.drawsOfTwoKinds.map(({ zoom, nanos }) => {
    return { what: of(`zoom ${zoom}, two kinds of four`), value: nanos / 1e6, unit: 'ms', limit: FILTER_LIMIT };
  });
  const { put, remove } = ours.changes;
  return [
    beside('taken in and built', ours.takeInMillis + ours.buildMillis, theirs.build, 'ms', BUILD_LIMIT),
    { what: of('memory of a report'), value: ours.bytesPerReport, unit: 'bytes', limit: MEMORY_LIMIT },
    ...draws,
    ...ofTwoKinds,
    { what: of('put'), value: put.mean, unit: 'µs', limit: CHANGE_LIMIT, details: { p99: put.p99 } },
    { what: of('remove'), value: remove.mean, unit: 'µs', limit: CHANGE_LIMIT, details: { p99: remove.p99 } },
  ];
}

/// Latitudes and longitudes in turn: people live around cities of very different sizes, and a few elsewhere.
export function reports(count) {
  const chance = seeded(20261204);
  const anywhere = () => [between(chance, 26, 48), between(chance, -123, -70)];
  const metros = Array.from({ length: METROS }, anywhere);
  const shares = metros.map((_, rank) => 1 / (rank + 1));
  const whole = shares.reduce((sum, share) => sum + share);
  const points = new Float64Array(2 * count);
  for (let place = 0; place < points.length; place += 2) {
    points.set(chance() < RURAL_PART ? anywhere() : around(metros[drawn(shares, chance() * whole)], chance), place);
  }
  return points;
}

function drawn(shares, lot) {
  let rank = 0;
  for (let rest = lot - shares[0]; rest > 0 && rank < shares.length - 1; rest -= shares[rank]) {
    rank += 1;
  }
  return rank;
}

function around([latitude, longitude], chance) {
  const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const degrees = (METRO_KILOMETERS * Math.exp(METRO_SPREAD * normal)) / KILOMETERS_OF_A_DEGREE;
  const bearing = 2 * Math.PI * chance();
  const north = latitude + degrees * Math.sin(bearing);
  return [north, longitude + (degrees * Math.cos(bearing)) / Math.cos((north * Math.PI) / 180)];
}

/// Viewports around reports, each as [zoom, south, west, north, east].
function viewports(points) {
  const count = points.length / 2;
  return ZOOMS.flatMap((zoom) =>
    Array.from({ length: VIEWS_OF_A_ZOOM }, (_, number) => {
      const report = 2 * ((number * 7919 + 13) % count);
      const [latitude, longitude] = [points[report], points[report + 1]];
      const pixel = 360 / 512 / 2 ** zoom;
      const height = VIEW_HEIGHT * pixel * Math.cos((latitude * Math.PI) / 180);
      const width = VIEW_WIDTH * pixel;
      const [south, north] = [Math.max(-90, latitude - height / 2), Math.min(90, latitude + height / 2)];
      return [zoom, south, longitude - width / 2, north, longitude + width / 2];
    }),
  );
}

function petIndex(points, views) {
  const directory = mkdtempSync(join(tmpdir(), 'sweetie-bench-'));
  try {
    const [pointsFile, viewsFile] = [join(directory, 'points'), join(directory, 'views')];
    writeFileSync(pointsFile, Buffer.from(points.buffer));
    const within = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;
    const line = ([zoom, south, west, north, east]) => [zoom, south, within(west), north, within(east)].join(' ');
    writeFileSync(viewsFile, views.map(line).join('\n'));
    return JSON.parse(execFileSync(PROGRAM, [pointsFile, viewsFile], { maxBuffer: 1e8 }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function peer(points, views) {
  const features = Array.from({ length: points.length / 2 }, (_, report) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Point', coordinates: [points[2 * report + 1], points[2 * report]] },
  }));
  const index = new Supercluster({ radius: 40, extent: 512, minZoom: 0, maxZoom: 16, minPoints: 2 });
  const began = processorTime();
  index.load(features);
  const build = processorTime() - began;
  const draws = ZOOMS.map((zoom) => nanosOfDraw(index, views.filter((view) => view[0] === zoom)));
  return { build, draws };
}

/// Nanoseconds per drawing, after the engine has finished its JIT compilation.
function nanosOfDraw(index, views) {
  const draw = () => {
    let drawn = 0;
    for (const [zoom, south, west, north, east] of views) {
      drawn += index.getClusters([west, south, east, north], zoom).length;
    }
    return drawn;
  };
  for (let round = 0; round < 10; round += 1) {
    draw();
  }
  let rounds = 0;
  const began = processorTime();
  while (processorTime() - began < LONG_ENOUGH) {
    draw();
    rounds += 1;
  }
  return ((processorTime() - began) * 1e6) / rounds / views.length;
}

/// Milliseconds of CPU time that this thread has used, as counted by the kernel; not affected by other load on the
/// machine.
function processorTime() {
  return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const counts = process.argv.slice(2).map(Number);
  const rows = await measure(undefined, counts.length > 0 ? counts : COUNTS);
  print(rows);
  process.exitCode = rows.some(missed) ? 1 : 0;
}
