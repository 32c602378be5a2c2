#!/usr/bin/env node
// The index behind the map beside the npm package supercluster: the same reports, viewports and zooms, both including
// the objects that they answer with. The index counts each kind and can be changed report by report; the peer does
// neither here, which is its fastest way. Times are those that the thread had a processor. Usage: map-index.mjs [COUNT…], by default 100,000 and 1,000,000 reports;
// needs `cargo build --release --example atlas`. SWEETIE_ATLAS names another program than target/release/examples/atlas.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import Supercluster from 'supercluster';

import { between, seeded } from './chance.mjs';

const PROGRAM = process.env.SWEETIE_ATLAS ?? fileURLToPath(new URL('../target/release/examples/atlas', import.meta.url));

const COUNTS = [100_000, 1_000_000];
const ZOOMS = [3, 8, 12, 16];
const VIEWS_OF_A_ZOOM = 200;
const [VIEW_WIDTH, VIEW_HEIGHT] = [1024, 768]; // pixels, of which a tile has 512
const LONG_ENOUGH = 300; // milliseconds that each measurement runs at least

const METROS = 300;
const RURAL_PART = 0.05;
const METRO_KILOMETERS = 9; // median distance from the middle; with this spread 95 % lie between 2 and 40
const METRO_SPREAD = 0.75;
const KILOMETERS_OF_A_DEGREE = 111.2;

const BUILD_LIMIT = 0.5;
const DRAW_LIMIT = 1 / 3;
const MEMORY_LIMIT = 200;
const FILTER_LIMIT = 10;
const CHANGE_LIMIT = 100;

/// The measurement, with each number of reports.
export async function measure(_binary, counts = COUNTS) {
  return counts.flatMap((count) => compare(count));
}

function compare(count) {
  const points = reports(count);
  const views = viewports(points);
  const ours = atlas(points, views);
  const theirs = peer(points, views);
  const of = count.toLocaleString('en-US');
  const rows = [
    { what: `map index, ${of}: build`, value: ours.buildMillis, unit: 'ms' },
    { what: `map index, ${of}: build, part of supercluster's`, value: ours.buildMillis / theirs.build, unit: '', limit: BUILD_LIMIT },
    { what: `map index, ${of}: memory of a report`, value: ours.bytesPerReport, unit: 'bytes', limit: MEMORY_LIMIT },
  ];
  for (const [place, { zoom, nanos, clusters, pins }] of ours.draws.entries()) {
    const drawn = `zoom ${zoom}, ${Math.round(clusters)} clusters, ${Math.round(pins)} pins`;
    rows.push(
      { what: `map index, ${of}: ${drawn}`, value: nanos / 1e3, unit: 'µs' },
      { what: `map index, ${of}: ${drawn}, part of supercluster's`, value: nanos / theirs.draws[place], unit: '', limit: DRAW_LIMIT },
    );
  }
  for (const { zoom, nanos } of ours.drawsOfTwoKinds) {
    rows.push({ what: `map index, ${of}: zoom ${zoom}, two kinds of four`, value: nanos / 1e6, unit: 'ms', limit: FILTER_LIMIT });
  }
  rows.push(
    { what: `map index, ${of}: put`, value: ours.changes.put.mean, unit: 'µs', limit: CHANGE_LIMIT },
    { what: `map index, ${of}: remove`, value: ours.changes.remove.mean, unit: 'µs', limit: CHANGE_LIMIT },
  );
  return rows;
}

/// Latitude and longitude one after the other: people live around metros of very different sizes, and a few elsewhere.
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

/// Where people look: around reports. Each is [zoom, south, west, north, east].
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

function atlas(points, views) {
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

/// Nanoseconds of a drawing, once the engine has compiled what it is going to compile.
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

/// Milliseconds that this thread had a processor so far, as the kernel counts them: on a busy machine too.
function processorTime() {
  return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const counts = process.argv.slice(2).map(Number);
  const rows = await measure(undefined, counts.length > 0 ? counts : COUNTS);
  for (const { what, value, unit, limit } of rows) {
    const target = limit === undefined ? '' : `  (at most ${Number(limit.toPrecision(3))}${value <= limit ? '' : ': MISSED'})`;
    console.log(`${what}: ${Number(value.toPrecision(3))} ${unit}${target}`);
  }
  process.exitCode = rows.some(({ value, limit }) => limit !== undefined && !(value <= limit)) ? 1 : 0;
}
