// A country full of reports, with species, breeds and so on in proportions found at shelters and in lost-and-found
// lists.
import { between, pick, picker, seeded } from '../chance.mjs';
import { petRow, versionSeven } from '../pets-row.mjs';
import { displaced, settle } from './towns.mjs';

const DAYS = 90;
const DAY = 86_400_000;
const MASK_RING = [0.15, 0.4]; // kilometres from the true point to the public one (crates/geometry/src/mask.rs)
const POSTCODE_GRID = 0.05; // degrees: reports with only a postal code share its centre

const pickKind = picker([['lost', 45], ['found', 20], ['sighted', 13], ['sheltered', 22]]);
const pickStatus = picker([['open', 96], ['matched', 4]]);
const pickSpecies = picker([
  ['dog', 600],
  ['cat', 350],
  ['bird', 18],
  ['rabbit', 12],
  ['small_mammal', 6],
  ['reptile', 6],
  ['farm', 4],
  ['equine', 2],
  ['other', 2],
]);
const pickSex = picker([['female', 38], ['male', 42], ['unknown', 20]]);
const pickAltered = picker([['yes', 35], ['no', 15], ['unknown', 50]]);
const pickAge = picker([['baby', 12], ['young', 25], ['adult', 38], ['senior', 10], ['unknown', 15]]);
const pickCoat = picker([['short', 45], ['medium', 20], ['long', 12], ['wire', 3], ['curly', 5], ['unknown', 15]]);
const pickPrecision = picker([['point', 85], ['postcode', 15]]);
const pickColor = picker([
  [0, 26],
  [1, 20],
  [2, 12],
  [3, 17],
  [4, 6],
  [5, 10],
  [6, 3],
  [7, 4],
  [10, 2],
]);

const SIZES = {
  dog: picker([['extra_small', 10], ['small', 28], ['medium', 34], ['large', 22], ['extra_large', 6]]),
  cat: picker([['small', 35], ['medium', 50], ['large', 15]]),
  other: picker([['extra_small', 20], ['small', 20], ['unknown', 60]]),
};
const PATTERNS = {
  dog: picker([['solid', 40], ['bicolor', 25], ['tricolor', 12], ['brindle', 8], ['merle', 4], ['unknown', 11]]),
  cat: picker([['tabby', 38], ['solid', 24], ['bicolor', 10], ['tuxedo', 10], ['calico', 8], ['tortoiseshell', 6], ['point', 4]]),
  other: picker([['solid', 30], ['unknown', 70]]),
};
const BREEDS = {
  dog: picker([
    ['Labrador Retriever', 12],
    ['Chihuahua', 11],
    ['Pit Bull Terrier', 11],
    ['German Shepherd Dog', 9],
    ['Australian Cattle Dog', 4],
    ['Beagle', 4],
    ['Boxer', 4],
    ['Siberian Husky', 4],
    ['Yorkshire Terrier', 4],
    ['Dachshund', 4],
    ['Poodle', 4],
    ['Border Collie', 3],
    ['Golden Retriever', 3],
    ['Shih Tzu', 3],
    ['Rottweiler', 2],
    ['Great Pyrenees', 1],
    [null, 17],
  ]),
  cat: picker([
    ['Domestic Shorthair', 66],
    ['Domestic Mediumhair', 11],
    ['Domestic Longhair', 8],
    ['Siamese', 4],
    ['Maine Coon', 2],
    ['Ragdoll', 1],
    [null, 8],
  ]),
  other: picker([['Mixed', 20], [null, 80]]),
};
const NAMES = (
  'Sweetie Biscuit Pepper Waffles Clover Luna Bella Max Charlie Daisy Buddy Milo Lucy Rocky Bailey Sadie Oliver Leo Coco ' +
  'Ginger Shadow Duke Molly Bear Tucker Zoe Oreo Simba Smokey Willow Rusty Penny Moose Hazel Peaches Domino Nala Ziggy Gus ' +
  'Maple Olive Finn Ruby Murphy Rosie Toby Cookie Jasper Mochi Pickles'
).split(' ');
const MARKS = [
  'White chest',
  'White front paws',
  'One blue eye',
  'Notch in the left ear',
  'Limps on the left hind leg',
  'Scar above the right eye',
  'White tip on the tail',
];
const SENTENCES = [
  'Shy, does not come when called.',
  'Slipped out of the gate while the fence was being mended.',
  'Last seen close to the river, heading north along the path.',
  'Friendly with people and other animals.',
  'Please do not chase, call instead.',
  'Was wearing a harness with a broken buckle.',
  'Ran off during the fireworks and may be hiding under a porch.',
  'Needs medicine twice a day.',
  'Found near the school in the early morning, tired and hungry.',
  'Seen several times behind the shopping centre.',
];

/// `count` open reports of the last 90 days up to `until` (milliseconds since 1970), oldest first; the same arguments
/// give the same reports. `reporters` and `shelters` are ids of existing members and shelters.
export function* reports(count, { until, reporters, shelters }) {
  const chance = seeded(20261120);
  const start = until - DAYS * DAY;
  for (let index = 0; index < count; index += 1) {
    const reportedAt = Math.floor(start + ((index + chance()) / count) * DAYS * DAY);
    yield report(chance, reportedAt, { reporters, shelters });
  }
}

function report(chance, reportedAt, { reporters, shelters }) {
  const kind = pickKind(chance);
  const ofShelter = kind === 'sheltered';
  return petRow({
    id: versionSeven(chance, reportedAt),
    reportedAt,
    seenAt: Math.floor(reportedAt - 2 * DAY * chance() ** 2),
    kind,
    status: pickStatus(chance),
    urgent: chance() < 0.04,
    reporter_id: ofShelter ? null : pick(chance, reporters),
    shelter_id: ofShelter ? pick(chance, shelters) : null,
    ...animal(chance, kind),
    ...somewhere(chance),
  });
}

/// The traits of an animal in a report of this kind, by column.
export function animal(chance, kind) {
  const species = pickSpecies(chance);
  const family = species === 'dog' || species === 'cat' ? species : 'other';
  const isNamed = chance() < (kind === 'lost' ? 0.95 : kind === 'sheltered' ? 0.6 : 0.03);
  const microchipped = chance() < 0.2 ? true : chance() < 0.3 ? false : null;
  return {
    species,
    name: isNamed ? pick(chance, NAMES) : null,
    description: words(chance),
    breed_primary: BREEDS[family](chance),
    breed_mixed: chance() < 0.45,
    sex: pickSex(chance),
    altered: pickAltered(chance),
    size: SIZES[family](chance),
    age_group: pickAge(chance),
    coat: pickCoat(chance),
    colors: (1 << pickColor(chance)) | (chance() < 0.5 ? 1 << pickColor(chance) : 0),
    pattern: PATTERNS[family](chance),
    markings: chance() < 0.4 ? pick(chance, MARKS) : null,
    collar: chance() < 0.3 ? 'Red, with a bell' : null,
    microchipped,
    reward: kind === 'lost' && chance() < 0.1 ? 50 * Math.ceil(10 * chance()) : null,
  };
}

/// One to five sentences.
function words(chance) {
  return Array.from({ length: 1 + Math.floor(5 * chance()) }, () => pick(chance, SENTENCES)).join(' ');
}

function somewhere(chance) {
  const { town, at: home } = settle(chance);
  const precision = pickPrecision(chance);
  const middle = (degrees) => Math.round(degrees / POSTCODE_GRID) * POSTCODE_GRID;
  const at =
    precision === 'point' ? home : { latitude: middle(home.latitude), longitude: middle(home.longitude) };
  const place = {
    label: `${town.city}, ${town.region}`,
    city: town.city,
    region: town.region,
    postalCode: town.country === 'US' ? String(10_000 + Math.floor(89_999 * chance())) : null,
    country: town.country,
  };
  return { precision, at, publicAt: displaced(at, 360 * chance(), between(chance, ...MASK_RING)), place };
}
