// The request of the bounding-box measurement, sent alike to the server and to its peer: a hundred reports, ten values
// of each.
import { between, pick, seeded } from './chance.mjs';
import { TOWNS } from './pets-table.mjs';

export const PAGE = 100;

export const QUERY = `query Box($bounds: BoundsInput!) {
  pets(filter: { area: { bounds: $bounds } }, first: ${PAGE}) {
    nodes {
      id
      kind
      status
      species
      name
      sex
      seenAt
      place { label coordinates { latitude longitude } }
    }
    pageInfo { hasNextPage }
  }
}`;

const BOX_SIDE = 0.15; // degrees: the middle of a town, with about three hundred reports
const OFF_CENTER = 0.02;

/// Request bodies, each for a box in some town; the same ones in every run.
export function boxRequests(count) {
  const chance = seeded(7);
  return Array.from({ length: count }, () => {
    const town = pick(chance, TOWNS);
    const south = town.latitude - BOX_SIDE / 2 + between(chance, -OFF_CENTER, OFF_CENTER);
    const west = town.longitude - BOX_SIDE / 2 + between(chance, -OFF_CENTER, OFF_CENTER);
    const bounds = { south, west, north: south + BOX_SIDE, east: west + BOX_SIDE };
    return JSON.stringify({ query: QUERY, variables: { bounds } });
  });
}
