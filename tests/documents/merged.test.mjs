// Selections are merged as the specification says: graphql-js and a real server answer random documents, one from what
// the other gave before, and every answer must be the same to the letter. `DOCUMENTS=10000 SEED=7 node --test` asks more.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { buildSchema, execute, parse, validate, valueFromASTUntyped } from 'graphql';

import { startServer } from '../../scripts/server.mjs';
import { chance } from './chance.mjs';
import { randomDocument } from './generator.mjs';
import { everything, universe, valueOf } from './universe.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../../target/debug/sweetie', import.meta.url));
const SCHEMA = new URL('../../schema.graphql', import.meta.url);
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 400);
const SEED = Number(process.env.SEED ?? 20261128);
const LIMITS = ['QUERY_TOO_COMPLEX', 'QUERY_TOO_DEEP', 'TOO_MANY_ALIASES', 'TOO_MANY_DIRECTIVES'];

let server;
let schema;

before(async () => {
  schema = buildSchema(await readFile(SCHEMA, 'utf8'));
  server = await startServer({ binary: BINARY, flags: ['--demo'], settings: { SWEETIE_RATE_LIMIT: '10000000' } });
});

after(() => server?.stop());

test(`graphql-js answers ${DOCUMENTS} random documents as the server does`, async () => {
  const token = await member();
  await atRest();
  const fields = universe(await ids());
  const judges = await Promise.all([undefined, token].map(async (viewer) => [viewer, await judge(fields, viewer)]));
  const random = chance(SEED);

  let asked = 0;
  while (asked < DOCUMENTS) {
    const { query, variables } = randomDocument(fields, random);
    const document = parse(query);
    if (validate(schema, document).length > 0) {
      continue;
    }
    const [viewer, answers] = judges[asked % judges.length];
    const answer = await ask(query, variables, viewer);
    if (answer.errors?.some(({ extensions }) => LIMITS.includes(extensions?.code))) {
      continue;
    }
    const expected = await answers(document, variables);
    const told = `document ${asked} of seed ${SEED}: ${query} ${JSON.stringify(variables)}`;
    assert.equal(JSON.stringify(answer.data), JSON.stringify(expected.data), told);
    assert.equal(answer.errors !== undefined, expected.errors !== undefined, `${told} ${JSON.stringify(answer.errors)}`);
    asked += 1;
  }
});

/// Executes documents with graphql-js, out of one answer of the server that holds everything.
async function judge(fields, token) {
  const rootValue = { __typename: 'Query' };
  for (const query of everything(fields)) {
    const { data, errors } = await ask(query, {}, token);
    assert.equal(errors, undefined, `${query} ${JSON.stringify(errors)}`);
    Object.assign(rootValue, data);
  }
  const written = (nodes) => JSON.stringify(nodes.map((node) => [node.name.value, valueFromASTUntyped(node.value)]));
  const known = new Map();
  for (const [type, ofType] of Object.entries(fields)) {
    for (const field of ofType) {
      const { arguments: given } = parse(`{ ${field.name}${field.args ? `(${field.args})` : ''} }`).definitions[0].selectionSet.selections[0];
      known.set(`${type}.${field.name}${written(given)}`, field);
    }
  }
  const fieldResolver = (source, _args, _context, info) => {
    const field = known.get(`${info.parentType.name}.${info.fieldName}${written(info.fieldNodes[0].arguments)}`);
    if (field.fails) {
      throw new Error('it fails');
    }
    return valueOf(source, info.parentType.name, field);
  };
  const typeResolver = (value) => value.__typename;
  return (document, variableValues) =>
    execute({ schema, document, rootValue, variableValues, fieldResolver, typeResolver });
}

async function ask(query, variables, token) {
  const response = await fetch(`${server.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function member() {
  const input = { email: 'judge@example.org', password: 'correct horse battery', displayName: 'Ann' };
  const register = 'mutation ($input: RegisterInput!) { register(input: $input) { tokens { accessToken } userErrors { message } } }';
  const { register: registered } = await server.graphql(register, { input });
  const token = registered.tokens.accessToken;
  const pet = {
    kind: 'LOST', species: 'DOG', name: 'Sweetie', seenAt: new Date(Date.now() - 60_000).toISOString(),
    location: { point: { latitude: 30.26, longitude: -97.74 } },
  };
  const report = 'mutation ($input: ReportPetInput!) { reportPet(input: $input) { pet { id } userErrors { message } } }';
  await server.graphql(report, { input: pet }, token);
  return token;
}

/// Waits until the demo's import is done and everything that follows from it: what is asked twice must not change.
async function atRest() {
  const sum = (text, series) => [...text.matchAll(series)].reduce((all, [, value]) => all + Number(value), 0);
  for (let resting = 0; resting < 2; await delay(50)) {
    const text = await (await fetch(server.metrics)).text();
    const left = sum(text, /^sweetie_jobs\{state="(?:due|running)"\} (\S+)$/gm) + sum(text, /^sweetie_log_lag_events\{.*\} (\S+)$/gm);
    resting = left === 0 ? resting + 1 : 0;
  }
}

async function ids() {
  const { pets, shelters } = await server.graphql('{ pets(first: 2) { nodes { id } } shelters(first: 1) { nodes { id } } }');
  const [pet, other] = pets.nodes.map(({ id }) => id);
  return { pet, other, shelter: shelters.nodes[0].id };
}
