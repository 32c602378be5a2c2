// Queries for the map measurements. A list of a hundred reports has the same thirteen values everywhere.

export const PAGE = 100;

const PET = 'id kind status species name sex size ageGroup seenAt urgent place { label coordinates { latitude longitude } }';

const BOX = `query Box($bounds: BoundsInput!) {
  pets(filter: { area: { bounds: $bounds } }, first: ${PAGE}) {
    nodes { ${PET} }
    pageInfo { hasNextPage }
  }
}`;

/// PostGraphile has no nested place object; the values are the same.
const POSTGRAPHILE_BOX = `query Box($south: Float!, $west: Float!, $north: Float!, $east: Float!) {
  petsInBox(south: $south, west: $west, north: $north, east: $east, first: ${PAGE}) {
    nodes {
      rowId kind status species name sex size ageGroup seenAt urgent placeLabel publicLatitude publicLongitude
    }
    pageInfo { hasNextPage }
  }
}`;

const MAP = `query Map($bounds: BoundsInput!, $zoom: Int!, $filter: PetFilter) {
  petMap(bounds: $bounds, zoom: $zoom, filter: $filter) {
    total
    clusters { coordinates { latitude longitude } count counts { kind count } expansionZoom }
    pets { ${PET} }
  }
}`;

/// The newest hundred reports in a box, for our server and graphql-yoga.
export function boxRequest(bounds) {
  return JSON.stringify({ query: BOX, variables: { bounds } });
}

/// The newest hundred reports in a box, for PostGraphile.
export function postgraphileBoxRequest(bounds) {
  return JSON.stringify({ query: POSTGRAPHILE_BOX, variables: bounds });
}

/// The query that a map view sends.
export function mapRequest(bounds, zoom, filter) {
  return JSON.stringify({ query: MAP, variables: { bounds, zoom, filter } });
}
