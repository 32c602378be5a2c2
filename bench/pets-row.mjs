// Rows for the server's table of reports. This is the only place outside the server that knows the table's columns
// (entity/src/pet.rs); pets-fill.mjs refuses a table with other columns.

// In the order of their bits in the set (entity/src/color_set.rs), without the last one, "other".
const COLORS = ['black', 'white', 'gray', 'brown', 'red', 'tan', 'cream', 'golden', 'green', 'yellow'];

const MERCATOR_SIDE = 2 ** 26;
const MERCATOR_END = 85.05112878; // degrees: places closer to a pole are drawn on the edge

/// An open report as the server writes it, with the mandatory columns and any further ones. Ids are the 16 bytes of a
/// UUID, `at` is the true point and `publicAt` the masked one.
export function petRow({ id, reportedAt, seenAt, at, publicAt = at, place, ...columns }) {
  const row = {
    id,
    kind: 'lost',
    status: 'open',
    urgent: false,
    species: 'dog',
    name: null,
    description: null,
    breed_primary: null,
    breed_secondary: null,
    breed_mixed: false,
    breed_raw: null,
    sex: 'unknown',
    altered: 'unknown',
    size: 'unknown',
    age_group: 'unknown',
    birth_date: null,
    ages_at: null,
    coat: 'unknown',
    colors: 0,
    color_raw: null,
    pattern: 'unknown',
    markings: null,
    collar: null,
    weight_grams: null,
    microchipped: null,
    microchip: null,
    second_microchip: null,
    microchip_raw: null,
    private_marks: '[]',
    visibility: 'visible',
    reward: null,
    seen_at: seenAt,
    precision: 'point',
    ...position(at, publicAt),
    place_label: place.label,
    city: place.city,
    region: place.region,
    postal_code: place.postalCode,
    country: place.country,
    address: null,
    reporter_id: null,
    shelter_id: null,
    animal_id: null,
    former_pet_id: null,
    search_text: '',
    reported_at: reportedAt,
    updated_at: reportedAt,
    closed_at: null,
    version: 1,
    ...columns,
  };
  row.search_text = searchText(row);
  return row;
}

/// Column and row of a point in the Web Mercator square, 2^26 units wide.
export function mapCell({ latitude, longitude }) {
  const phi = (Math.min(Math.max(latitude, -MERCATOR_END), MERCATOR_END) * Math.PI) / 180;
  const unit = (part) => Math.min(Math.max(Math.floor(part * MERCATOR_SIDE), 0), MERCATOR_SIDE - 1);
  return [unit(longitude / 360 + 0.5), unit(0.5 - Math.asinh(Math.tan(phi)) / (2 * Math.PI))];
}

/// The 16 bytes of a UUID version 7.
export function versionSeven(chance, millis) {
  const bytes = Buffer.allocUnsafe(16);
  for (let offset = 4; offset < 16; offset += 4) {
    bytes.writeUInt32BE(Math.floor(chance() * 2 ** 32), offset);
  }
  bytes.writeUIntBE(millis, 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes;
}

function position(at, publicAt) {
  const [phi, lambda] = [(publicAt.latitude * Math.PI) / 180, (publicAt.longitude * Math.PI) / 180];
  const [column, row] = mapCell(publicAt);
  return {
    latitude: at.latitude,
    longitude: at.longitude,
    public_latitude: publicAt.latitude,
    public_longitude: publicAt.longitude,
    public_x: Math.cos(phi) * Math.cos(lambda),
    public_y: Math.cos(phi) * Math.sin(lambda),
    public_z: Math.sin(phi),
    map_x: column,
    map_y: row,
    anchor_latitude: at.latitude,
    anchor_longitude: at.longitude,
    past_anchors: null,
  };
}

/// The public words, joined like in src/domain/pets/search_text.rs: names, marks and the rest, separated by one and two
/// empty lines.
function searchText(row) {
  const names = [words(row.name), ...lines([row.breed_primary, row.breed_secondary])];
  const marks = lines([row.color_raw, colorWords(row), row.markings, row.collar]);
  const rest = lines([row.species, row.breed_mixed ? 'mix' : null, row.city, row.region, row.description]);
  return `${names.join('\n')}\n\n${marks.join('\n')}\n\n\n${rest.join('\n')}`;
}

/// The colours of a set, without "other".
export function colorNames(colors) {
  return COLORS.filter((_, bit) => colors & (1 << bit));
}

function colorWords({ colors, pattern }) {
  return [...colorNames(colors), ...(['other', 'unknown'].includes(pattern) ? [] : [pattern])].join(' ');
}

function lines(texts) {
  return texts.map(words).filter((line) => line !== '');
}

/// Converts to lower case and removes punctuation; nothing here has accents.
function words(text) {
  const plain = (text ?? '').toLowerCase().replaceAll("'", '');
  return plain.replace(/[^a-z0-9]+/g, ' ').trim();
}
