// What random documents may ask for: fields with fixed arguments whose values do not change while nobody writes. A field
// that `fails` has no value; what graphql-js makes of that is what the server must make of it.

/// Fields by type. `ids` are those of things that are there.
export function universe(ids) {
  const scalars = (names) => names.split(' ').map((name) => ({ name }));
  const page = 'first: 500';
  return {
    Query: [
      { name: 'viewer', type: 'Viewer' },
      { name: 'pets', type: 'PetConnection', args: 'first: 2' },
      { name: 'pets', type: 'PetConnection', args: 'last: 1', key: 'last' },
      { name: 'pets', type: 'PetConnection', args: page, key: 'many', fails: true },
      { name: 'pet', type: 'Pet', args: `id: "${ids.pet}"` },
      { name: 'node', type: 'Node', args: `id: "${ids.pet}"` },
      { name: 'node', type: 'Node', args: `id: "${ids.shelter}"`, key: 'shelterNode' },
      { name: 'nodes', type: 'Node', args: `ids: ["${ids.pet}", "nothing", "${ids.shelter}", "${ids.other}"]` },
      { name: 'shelter', type: 'Shelter', args: `id: "${ids.shelter}"` },
      { name: 'stats', type: 'Stats' },
    ],
    Viewer: [
      ...scalars('email emailVerified role unreadMessageCount'),
      { name: 'member', type: 'Member' },
      { name: 'pets', type: 'PetConnection', args: 'first: 3' },
      { name: 'pets', type: 'PetConnection', args: page, key: 'many', fails: true },
    ],
    Member: scalars('id displayName joinedAt'),
    Node: scalars('id'),
    PetConnection: [
      ...scalars('totalCount'),
      { name: 'nodes', type: 'Pet' },
      { name: 'edges', type: 'PetEdge' },
      { name: 'pageInfo', type: 'PageInfo' },
    ],
    PetEdge: [...scalars('cursor'), { name: 'node', type: 'Pet' }],
    PageInfo: scalars('hasNextPage hasPreviousPage startCursor endCursor'),
    Pet: [
      ...scalars('id kind name status species sex size ageGroup seenAt urgent colors version description'),
      { name: 'place', type: 'Place' },
      { name: 'breed', type: 'Breed' },
      { name: 'shelter', type: 'Shelter' },
      { name: 'reporter', type: 'Member' },
      { name: 'distanceFrom', args: 'point: { latitude: 30, longitude: -97 }' },
      { name: 'distanceFrom', args: 'point: { latitude: 91, longitude: 0 }', key: 'nowhere', fails: true },
    ],
    Breed: scalars('primary secondary mixed label'),
    Place: [...scalars('label exact city region'), { name: 'coordinates', type: 'Coordinates' }],
    Coordinates: scalars('latitude longitude'),
    Shelter: [...scalars('id name type verified registeredAt'), { name: 'place', type: 'Place' }],
    Stats: scalars('lost found sheltered reunited'),
  };
}

/// The types of objects behind an abstract type.
export const POSSIBLE = { Node: ['Pet', 'Shelter', 'Member'] };

/// The key of a field's value in what [`everything`] is answered with, but for abstract types.
const keyOf = (field) => field.key ?? field.name;

/// A field as it is written, without what is selected in it.
export function written(field) {
  return (field.key ? `${field.key}: ` : '') + field.name + (field.args ? `(${field.args})` : '');
}

/// Documents that together ask for everything that does not fail.
export function everything(fields) {
  const own = fields.Query.filter((field) => !field.fails);
  return own.map((field) => `{ ${written(field)} ${all(fields, field.type)} }`);
}

/// What [`everything`] is answered with for a field of an object of a type. Behind an abstract type the keys begin with
/// the name of the object's own, since two types may give one name to values of different types.
export function valueOf(source, type, field) {
  const own = `${type}_${keyOf(field)}`;
  return own in source ? source[own] : source[keyOf(field)];
}

function all(fields, type, prefix = '') {
  const parts = fields[type].filter((field) => !field.fails).map((field) => {
    const alias = prefix ? `${prefix}${keyOf(field)}: ${written({ ...field, key: undefined })}` : written(field);
    return alias + (field.type ? ` ${all(fields, field.type)}` : '');
  });
  const typed = (POSSIBLE[type] ?? []).map((possible) => `... on ${possible} ${all(fields, possible, `${possible}_`)}`);
  return `{ __typename ${[...parts, ...typed].join(' ')} }`;
}
