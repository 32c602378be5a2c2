// The tabs of a first visit. `scripts/check-schema.mjs` validates every one of them against schema.graphql, and the
// browser test runs the first and subscribes, so they cannot grow stale.

/// Stands where the token has to be pasted; the fetcher does not send a header that still holds it.
export const TOKEN_PLACEHOLDER = 'PASTE_YOUR_ACCESS_TOKEN';

const TOKEN_HEADERS = `{
  "Authorization": "Bearer ${TOKEN_PLACEHOLDER}"
}`;

const WELCOME = `# Welcome to Finding Sweetie.
# Press the pink button (Ctrl-Enter) to see pets lost
# near Austin.
# The other tabs are examples too: the map, an account,
# a report, live alerts, a shelter's import.
# Nobody sees exact places here, only the neighbourhood.
query WelcomeLostPetsNearAustin {
  pets(
    first: 10
    sort: NEAREST
    filter: {
      kinds: [LOST]
      area: {
        circle: {
          center: {
            latitude: 30.2672
            longitude: -97.7431
          }
          radius: 25
          unit: MILE
        }
      }
    }
  ) {
    totalCount
    nodes {
      id
      name
      status
      species
      breed { label }
      colors
      seenAt
      place { label coordinates { latitude longitude } }
      distanceFrom(
        point: { latitude: 30.2672, longitude: -97.7431 }
      )
      photos { url thumbnailUrl(width: 320) alt }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const MAP = `# What a map of Austin draws at zoom 10: clusters,
# and single pets where there is room for them.
query MapOfAustin {
  petMap(
    bounds: { south: 30.0, west: -98.1, north: 30.6, east: -97.4 }
    zoom: 10
  ) {
    total
    clusters {
      coordinates { latitude longitude }
      count
      counts { kind count }
      expansionZoom
    }
    pets {
      id
      kind
      name
      species
      place { label coordinates { latitude longitude } }
    }
  }
}
`;

const REGISTER = `# An account of your own: change the address and the password
# under Variables, then run it.
# The next tabs ask for tokens.accessToken: copy it.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    viewer { email emailVerified member { id displayName } }
    tokens { accessToken accessTokenExpiresAt refreshToken }
    userErrors { field code message }
  }
}
`;

const LOG_IN = `# Log in and copy tokens.accessToken from the answer.
# Open Headers (beside Variables) and paste it instead of
# ${TOKEN_PLACEHOLDER}, in every tab that needs it.
# Subscriptions send the same header in connection_init:
# {"authorization": "Bearer …"}
mutation LogIn($input: LogInInput!) {
  logIn(input: $input) {
    tokens { accessToken accessTokenExpiresAt refreshToken }
    userErrors { field code message }
  }
}

# The button lets you choose: this tells who you are.
query WhoAmI {
  viewer {
    email
    role
    member { id displayName }
    unreadNotificationCount
  }
}
`;

const REPORT = `# Report a lost dog. Needs your token under Headers.
# The exact point stays with you, verified shelters and whom
# you accept; everybody else sees a coarser place.
mutation ReportALostPet($input: ReportPetInput!) {
  reportPet(input: $input) {
    pet {
      id
      name
      status
      place { label exact coordinates { latitude longitude } }
      shareUrl
    }
    possibleDuplicates { id name seenAt }
    userErrors { field code message }
  }
}
`;

const ALERTS = `# Needs your token under Headers. Leave it running: matches
# for your reports arrive as soon as there is one.
# after: 0 first repeats every alert that you ever had.
subscription MatchAlerts {
  matchAlerts(after: 0) {
    number
    match {
      id
      band
      score
      factors { name weight explanation }
      lost { id name place { label } }
      other { id kind name seenAt place { label } }
    }
  }
}
`;

const IMPORT = `# A shelter sends its whole inventory at once.
# Needs your token under Headers. First found the shelter,
# then put its id into shelterId under Variables and import.
# Import twice: the second time changes nothing.
mutation FoundAShelter($shelter: RegisterShelterInput!) {
  registerShelter(input: $shelter) {
    shelter { id name verified }
    userErrors { field code message }
  }
}

mutation ImportAnimals($shelterId: ID!, $csv: String!) {
  importPets(input: { shelterId: $shelterId, data: $csv, mode: UPSERT, dryRun: false }) {
    import { id format state total }
    userErrors { field code message }
  }
}

# Put the import's id into importId.
# The last message is the result.
subscription WatchTheImport($importId: ID!) {
  importProgress(importId: $importId) {
    state
    total
    processed
    created
    updated
    unchanged
    failed
    errors(first: 10) { nodes { row column value reason } }
  }
}
`;

const CSV = [
  'Animal ID,Name,DateTime,MonthYear,Found Location,Intake Type,Intake Condition,Animal Type,Sex upon Intake,Age upon Intake,Breed,Color',
  'S100001,Biscuit,01/12/2025 10:15:00 AM,01/12/2025 10:15:00 AM,Zilker Park in Austin (TX),Stray,Normal,Dog,Neutered Male,3 years,Beagle Mix,Tricolor',
  'S100002,,01/12/2025 11:40:00 AM,01/12/2025 11:40:00 AM,East 6th Street in Austin (TX),Stray,Normal,Cat,Intact Female,5 months,Domestic Shorthair,Brown Tabby',
].join('\n');

const ANN = { email: 'ann@example.com', password: 'the brown dog waits at 7' };

/// The tabs in their order. `now` dates the report: a pet cannot have been seen in the future.
export function examples(now) {
  const anHourAgo = new Date(now.getTime() - 3_600_000).toISOString();
  const report = {
    kind: 'LOST',
    species: 'DOG',
    name: 'Sweetie',
    description: 'Shy with strangers, comes to the word cheese.',
    breed: { primary: 'Beagle', mixed: true },
    sex: 'FEMALE',
    size: 'MEDIUM',
    ageGroup: 'ADULT',
    colors: ['BROWN', 'WHITE'],
    pattern: 'BICOLOR',
    collar: 'red, with a bell',
    seenAt: anHourAgo,
    location: { point: { latitude: 30.2669, longitude: -97.7729 } },
  };
  const shelter = { name: 'Second Street Shelter', type: 'RESCUE', location: { postalCode: '78701' }, capacity: 40 };

  return [
    { query: WELCOME },
    { query: MAP },
    { query: REGISTER, variables: json({ input: { ...ANN, displayName: 'Ann' } }) },
    { query: LOG_IN, variables: json({ input: ANN }), headers: TOKEN_HEADERS },
    { query: REPORT, variables: json({ input: report }), headers: TOKEN_HEADERS },
    { query: ALERTS, headers: TOKEN_HEADERS },
    {
      query: IMPORT,
      variables: json({ shelter, shelterId: 'ID_OF_THE_SHELTER', csv: CSV, importId: 'ID_OF_THE_IMPORT' }),
      headers: TOKEN_HEADERS,
    },
  ];
}

function json(value) {
  return JSON.stringify(value, null, 2);
}
