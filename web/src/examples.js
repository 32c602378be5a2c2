// The tabs of a first visit, to be run from the left to the right. `scripts/check-schema.mjs` validates every one of
// them against schema.graphql, and the browser test runs them all, so they cannot grow stale.

/// Words that stand for what an answer will bring; the fetcher puts it in their place, or a person does.
export const PLACEHOLDERS = {
  token: 'PASTE_YOUR_ACCESS_TOKEN',
  shelter: 'ID_OF_YOUR_SHELTER',
  import: 'ID_OF_YOUR_IMPORT',
};

const TOKEN_HEADERS = `{
  "Authorization": "Bearer ${PLACEHOLDERS.token}"
}`;

const WELCOME = `# Welcome to Finding Sweetie.
# Press the pink button (Ctrl-Enter) to see pets lost
# near Austin.
# The other tabs are examples too: the map, an account,
# a report, live alerts, a shelter's import. Run them
# from the left to the right.
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

const REGISTER = `# An account of your own: change the address and
# the password under Variables, then run it.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    viewer { email emailVerified member { id displayName } }
    tokens { accessToken accessTokenExpiresAt refreshToken }
    userErrors { field code message }
  }
}
`;

const LOG_IN = `# Log in, and go on to the next tabs: under Headers,
# ${PLACEHOLDERS.token} stands for the token
# of your last log-in on this page. You may also
# paste another token over it.
mutation LogIn($input: LogInInput!) {
  logIn(input: $input) {
    tokens { accessToken accessTokenExpiresAt refreshToken }
    userErrors { field code message }
  }
}
`;

const WHO_AM_I = `# Who you are, and the shelters that you work for.
query WhoAmI {
  viewer {
    email
    role
    member { id displayName }
    unreadNotificationCount
    unreadMessageCount
    staffOf { role shelter { id name verified } }
  }
}
`;

const REPORT = `# Report a lost dog; needs a log-in.
# The exact point is for you, for verified shelters and
# for those whom you accept. Others see a coarser place.
mutation ReportALostPet($input: ReportPetInput!) {
  reportPet(input: $input) {
    pet {
      id
      name
      status
      place {
        label
        exact
        coordinates { latitude longitude }
      }
      shareUrl
    }
    possibleDuplicates { id name seenAt }
    userErrors { field code message }
  }
}
`;

const ALERTS = `# Needs a log-in. Leave it running: matches for your
# reports arrive as soon as there is one.
# after: 0 first repeats every alert you ever had; when
# the connection was lost, it goes on after the last one.
# A socket sends the token in connection_init:
# {"authorization": "Bearer …"}
subscription MatchAlerts($after: Int) {
  matchAlerts(after: $after) {
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

const REGISTER_SHELTER = `# Put a shelter on the map; needs a log-in. You become
# its admin. It can try imports, and publishes them once
# an admin of this server has verified it.
mutation RegisterAShelter($input: RegisterShelterInput!) {
  registerShelter(input: $input) {
    shelter { id name verified }
    userErrors { field code message }
  }
}
`;

const IMPORT = `# A shelter sends its whole inventory at once. dryRun
# reads and counts, and writes nothing: once the shelter
# is verified, take it away. The same file sent twice
# changes nothing.
# ${PLACEHOLDERS.shelter} stands for the shelter of the
# tab before, or of WhoAmI if you ran that last.
mutation ImportAnimals($shelterId: ID!, $csv: String!) {
  importPets(
    input: {
      shelterId: $shelterId
      data: $csv
      mode: UPSERT
      dryRun: true
    }
  ) {
    import { id format state total }
    userErrors { field code message }
  }
}
`;

const WATCH_IMPORT = `# How far the import is; the last message is the result.
# ${PLACEHOLDERS.import} stands for the import
# of the tab before.
subscription WatchTheImport($importId: ID!) {
  importProgress(importId: $importId) {
    state
    total
    processed
    created
    updated
    unchanged
    failed
    errors(first: 10) {
      nodes { row column value reason }
    }
  }
}
`;

const CSV = [
  'Animal ID,Name,DateTime,MonthYear,Found Location,Intake Type,Intake Condition,Animal Type,Sex upon Intake,Age upon Intake,Breed,Color',
  'S100001,Biscuit,01/12/2025 10:15:00 AM,01/12/2025 10:15:00 AM,Zilker Park in Austin (TX),Stray,Normal,Dog,Neutered Male,3 years,Beagle Mix,Tricolor',
  'S100002,,01/12/2025 11:40:00 AM,01/12/2025 11:40:00 AM,East 6th Street in Austin (TX),Stray,Normal,Cat,Intact Female,5 months,Domestic Shorthair,Brown Tabby',
].join('\n');

const ANN = { email: 'ann@example.com', password: 'the brown dog waits at 7' };

/// The tabs in their order. `now` dates the report: a pet cannot have been seen in the future. `demo` holds the log-ins of
/// the demo data, if that is what the server shows; elsewhere one logs in to the account of the tab before.
export function examples(now, demo) {
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
  const logIn = demo ? { email: demo.members[0], password: demo.password } : ANN;
  const shelter = { name: 'Second Street Shelter', type: 'RESCUE', location: { postalCode: '78701' }, capacity: 40 };

  return [
    { query: WELCOME },
    { query: MAP },
    { query: REGISTER, variables: json({ input: { ...ANN, displayName: 'Ann' } }) },
    { query: LOG_IN, variables: json({ input: logIn }) },
    { query: WHO_AM_I, headers: TOKEN_HEADERS },
    { query: REPORT, variables: json({ input: report }), headers: TOKEN_HEADERS },
    { query: ALERTS, variables: json({ after: 0 }), headers: TOKEN_HEADERS },
    { query: REGISTER_SHELTER, variables: json({ input: shelter }), headers: TOKEN_HEADERS },
    {
      query: IMPORT,
      variables: json({ shelterId: PLACEHOLDERS.shelter, csv: CSV }),
      headers: TOKEN_HEADERS,
    },
    { query: WATCH_IMPORT, variables: json({ importId: PLACEHOLDERS.import }), headers: TOKEN_HEADERS },
  ];
}

function json(value) {
  return JSON.stringify(value, null, 2);
}
