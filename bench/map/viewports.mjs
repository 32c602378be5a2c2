// Viewports of a map of 1024 × 768 pixels around towns, larger towns more often.
import { between, seeded } from '../chance.mjs';
import { pickTown } from './towns.mjs';

const WIDTH = 1024;
const HEIGHT = 768;
const TILE = 512;

/// A number of viewports at a zoom, the same in every run: each around a town, shifted by up to half its size.
export function viewports(count, zoom) {
  const chance = seeded(40 + zoom);
  return Array.from({ length: count }, () => {
    const town = pickTown(chance);
    const scale = 1 / (TILE * 2 ** zoom);
    const x = town.longitude / 360 + 0.5 + between(chance, -0.5, 0.5) * WIDTH * scale;
    const y = mercator(town.latitude) + between(chance, -0.5, 0.5) * HEIGHT * scale;
    return bounds({ x, y }, (WIDTH * scale) / 2, (HEIGHT * scale) / 2);
  });
}

/// A viewport of the same shape around a point, `factor` times as large as one at zoom 0.
export function viewportAround({ latitude, longitude }, factor) {
  const center = { x: longitude / 360 + 0.5, y: mercator(latitude) };
  return bounds(center, (factor * WIDTH) / TILE / 2, (factor * HEIGHT) / TILE / 2);
}

/// A box of the world, which is a square of side 1; anything larger is clamped to the whole world.
function bounds({ x, y }, halfWidth, halfHeight) {
  const longitude = (part) => (((part % 1) + 1) % 1) * 360 - 180;
  const isWhole = 0.5 <= halfWidth;
  return {
    south: latitude(y + halfHeight),
    west: isWhole ? -180 : longitude(x - halfWidth),
    north: latitude(y - halfHeight),
    east: isWhole ? 180 : longitude(x + halfWidth),
  };
}

/// 0 at the northern edge of the map, 1 at the southern one.
function mercator(degrees) {
  return 0.5 - Math.asinh(Math.tan((degrees * Math.PI) / 180)) / (2 * Math.PI);
}

function latitude(part) {
  const inside = Math.min(Math.max(part, 0), 1);
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * inside))) * 180) / Math.PI;
}
