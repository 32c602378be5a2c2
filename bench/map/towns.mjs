// The distribution of people and their animals: towns with Zipf weights, and points around them.
import { between, normal, pick, picker, seeded } from '../chance.mjs';

/// Kilometres per degree of latitude, on a sphere of 6,371 km radius.
const DEGREE = (Math.PI * 6_371) / 180;

const TOWN_COUNT = 300;
const ZIPF_OFFSET = 3; // gives the largest town a share of 5.6 %, as New York's metropolitan area has of the country
const RURAL = 0.05;
const ABROAD = 0.03;
const MEDIAN_DISTANCE = 9; // kilometres from the centre; two standard deviations around it are 2 and 40
const DISTANCE_SPREAD = 0.75;
const FARTHEST = 80;

/// Large cities of the United States by the population of their metropolitan area: city, state, degrees to two digits.
const CITIES = [
  ['New York', 'NY', 40.71, -74.01],
  ['Los Angeles', 'CA', 34.05, -118.24],
  ['Chicago', 'IL', 41.88, -87.63],
  ['Dallas', 'TX', 32.78, -96.8],
  ['Houston', 'TX', 29.76, -95.37],
  ['Atlanta', 'GA', 33.75, -84.39],
  ['Washington', 'DC', 38.91, -77.04],
  ['Miami', 'FL', 25.76, -80.19],
  ['Philadelphia', 'PA', 39.95, -75.17],
  ['Phoenix', 'AZ', 33.45, -112.07],
  ['Boston', 'MA', 42.36, -71.06],
  ['Riverside', 'CA', 33.95, -117.4],
  ['San Francisco', 'CA', 37.77, -122.42],
  ['Detroit', 'MI', 42.33, -83.05],
  ['Seattle', 'WA', 47.61, -122.33],
  ['Minneapolis', 'MN', 44.98, -93.27],
  ['Tampa', 'FL', 27.95, -82.46],
  ['San Diego', 'CA', 32.72, -117.16],
  ['Denver', 'CO', 39.74, -104.99],
  ['Baltimore', 'MD', 39.29, -76.61],
  ['Orlando', 'FL', 28.54, -81.38],
  ['Charlotte', 'NC', 35.23, -80.84],
  ['St. Louis', 'MO', 38.63, -90.2],
  ['San Antonio', 'TX', 29.42, -98.49],
  ['Portland', 'OR', 45.52, -122.68],
  ['Austin', 'TX', 30.27, -97.74],
  ['Pittsburgh', 'PA', 40.44, -80],
  ['Sacramento', 'CA', 38.58, -121.49],
  ['Las Vegas', 'NV', 36.17, -115.14],
  ['Cincinnati', 'OH', 39.1, -84.51],
  ['Kansas City', 'MO', 39.1, -94.58],
  ['Columbus', 'OH', 39.96, -83],
  ['Cleveland', 'OH', 41.5, -81.69],
  ['Indianapolis', 'IN', 39.77, -86.16],
  ['Nashville', 'TN', 36.16, -86.78],
  ['San Jose', 'CA', 37.34, -121.89],
  ['Virginia Beach', 'VA', 36.85, -75.98],
  ['Jacksonville', 'FL', 30.33, -81.66],
  ['Milwaukee', 'WI', 43.04, -87.91],
  ['Raleigh', 'NC', 35.78, -78.64],
  ['Honolulu', 'HI', 21.31, -157.86],
  ['Anchorage', 'AK', 61.22, -149.9],
].map(([city, region, latitude, longitude]) => ({ city, region, country: 'US', latitude, longitude }));

/// A few distant ones: both hemispheres, both sides of the antimeridian and one beyond the polar circle.
const FAR = [
  ['Toronto', 'ON', 'CA', 43.65, -79.38],
  ['Mexico City', 'CMX', 'MX', 19.43, -99.13],
  ['London', 'ENG', 'GB', 51.51, -0.13],
  ['Berlin', 'BE', 'DE', 52.52, 13.4],
  ['Tokyo', '13', 'JP', 35.68, 139.69],
  ['Sydney', 'NSW', 'AU', -33.87, 151.21],
  ['Auckland', 'AUK', 'NZ', -36.85, 174.76],
  ['Somosomo', 'N', 'FJ', -16.77, -179.97],
  ['Suva', 'C', 'FJ', -18.14, 178.44],
  ['Apia', 'TU', 'WS', -13.83, -171.76],
  ['Longyearbyen', '21', 'NO', 78.22, 15.65],
].map(([city, region, country, latitude, longitude]) => ({ city, region, country, latitude, longitude }));

/// The towns of the country, largest first, each with its `weight`.
export const TOWNS = [...CITIES, ...smallerTowns(TOWN_COUNT - CITIES.length)].map((town, index) => ({
  ...town,
  weight: 1 / (index + 1 + ZIPF_OFFSET),
}));

/// Picks a town in proportion to its weight.
export const pickTown = picker(TOWNS.map((town) => [town, town.weight]));

/// The place of a report: a point, and the town that it is named after.
export function settle(chance) {
  const share = chance();
  if (share < RURAL) {
    const town = pick(chance, TOWNS);
    return { town, at: displaced(town, 360 * chance(), between(chance, 40, 250)) };
  }
  const town = share < RURAL + ABROAD ? pick(chance, FAR) : pickTown(chance);
  const distance = Math.min(MEDIAN_DISTANCE * Math.exp(DISTANCE_SPREAD * normal(chance)), FARTHEST);
  return { town, at: displaced(town, 360 * chance(), distance) };
}

/// The point at a distance in kilometres and a direction, on a plane: accurate to a percent for short distances. The
/// longitude is from −180 to 180.
export function displaced({ latitude, longitude }, degrees, kilometers) {
  const angle = (degrees * Math.PI) / 180;
  const stretch = Math.cos((latitude * Math.PI) / 180);
  const east = longitude + (kilometers * Math.sin(angle)) / (DEGREE * stretch);
  return {
    latitude: latitude + (kilometers * Math.cos(angle)) / DEGREE,
    longitude: ((((east + 180) % 360) + 360) % 360) - 180,
  };
}

/// Smaller towns are placed between a city and one of its neighbours, and so on land.
function smallerTowns(count) {
  const chance = seeded(3);
  const mainland = CITIES.filter(({ region }) => !['AK', 'HI'].includes(region));
  return Array.from({ length: count }, (_, index) => {
    const from = pick(chance, mainland);
    const to = pick(chance, nearest(mainland, from, 6));
    const way = between(chance, 0.1, 0.9);
    const middle = {
      latitude: from.latitude + way * (to.latitude - from.latitude),
      longitude: from.longitude + way * (to.longitude - from.longitude),
    };
    const at = displaced(middle, 360 * chance(), between(chance, 0, 60));
    return { city: `${from.city} Crossing ${index + 1}`, region: from.region, country: 'US', ...at };
  });
}

function nearest(cities, from, count) {
  const distance = (city) => Math.hypot(city.latitude - from.latitude, city.longitude - from.longitude);
  const others = cities.filter((city) => city !== from);
  return others.sort((one, other) => distance(one) - distance(other)).slice(0, count);
}
