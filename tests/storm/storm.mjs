#!/usr/bin/env node
// Sends random and mutated requests to a server of its own, and asserts that none is answered with a fault of the server,
// that nothing panics and that the memory stays flat. Usage: storm.mjs [REQUESTS] [SEED]; the same seed sends the same
// requests, though answers and ids in them differ. SWEETIE_BINARY names another binary, STORM_DATABASE_URL a database.
//
// 503 is an answer to overload, so it is counted and not a fault. What is answered wrongly goes to target/storm/.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { buildSchema } from 'graphql';

import { memory } from '../../bench/process.mjs';
import { startServer } from '../../scripts/server.mjs';
import { chance } from '../documents/chance.mjs';
import { Documents } from './documents.mjs';
import { Requests } from './requests.mjs';
import { send } from './send.mjs';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const BINARY = process.env.SWEETIE_BINARY ?? join(PROJECT, 'target/debug/sweetie');
const AT_ONCE = 8;
const MEMBERS = ['ann@example.org', 'bob@example.org', 'cleo@example.org'];
/// Access tokens hold for a quarter of an hour.
const NEW_TOKENS_AFTER = 5 * 60_000;
/// In MiB: what the second half of a storm may add. The first fills caches, and the storm itself writes.
const GROWTH = 150;
const SHOWN = 20;

let [count = 100_000, seed = 20_261_130] = process.argv.slice(2).map(Number);
// Ctrl-C ends the storm early, with its report.
process.once('SIGINT', () => (count = sent));
const random = chance(seed);
const documents = new Documents(buildSchema(await readFile(join(PROJECT, 'schema.graphql'), 'utf8')), random);
const requests = new Requests(documents, random);

const server = await startServer({
  binary: BINARY,
  flags: ['--demo'],
  settings: {
    SWEETIE_RATE_LIMIT: '10000000',
    SWEETIE_SOCKETS_PER_ADDRESS: '1000',
    ...(process.env.STORM_DATABASE_URL && { SWEETIE_DATABASE_URL: process.env.STORM_DATABASE_URL }),
  },
});
const outcomes = new Map();
const faults = [];
const held = [];
let sent = 0;

try {
  await logIn();
  const began = performance.now();
  held.push(memory(server.pid).resident);
  await Promise.all(Array.from({ length: AT_ONCE }, rain));
  held.push(memory(server.pid).resident);
  const log = await readFile(join(server.data, 'server.log'), 'utf8');
  await report(performance.now() - began, log.split('\n').filter((line) => /panicked|"level":"ERROR"| ERROR /.test(line)));
} finally {
  await server.stop();
}

async function rain() {
  while (sent < count) {
    const number = (sent += 1);
    if (number % Math.ceil(count / 10) === 0) {
      held.push(memory(server.pid).resident);
    }
    const request = requests.next();
    const began = performance.now();
    const answer = await send(server.origin, request);
    documents.learn(answer.text);
    note(`${request.kind} ${answer.outcome}`, performance.now() - began);
    if (answer.fault) {
      faults.push({ number, ...request, answer });
    }
  }
}

function note(outcome, took) {
  const { times, all, longest } = outcomes.get(outcome) ?? { times: 0, all: 0, longest: 0 };
  outcomes.set(outcome, { times: times + 1, all: all + took, longest: Math.max(longest, took) });
}

/// Logs in members of the demo, whose tokens the requests carry, and keeps them logged in.
async function logIn() {
  const mutation = 'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken refreshToken } userErrors { message } } }';
  const answers = await Promise.all(MEMBERS.map((email) => server.graphql(mutation, { input: { email, password: 'sweetie-demo' } })));
  use(answers.map((answer) => answer.logIn.tokens));
}

async function refresh(tokens) {
  const mutation = 'mutation ($input: RefreshTokensInput!) { refreshTokens(input: $input) { tokens { accessToken refreshToken } userErrors { message } } }';
  const answers = await Promise.all(tokens.map(({ refreshToken }) => server.graphql(mutation, { input: { refreshToken } })));
  use(answers.map((answer) => answer.refreshTokens.tokens));
}

function use(tokens) {
  requests.tokens = tokens.map(({ accessToken }) => accessToken);
  setTimeout(() => refresh(tokens).catch((cause) => faults.push({ kind: 'tokens', cause: String(cause) })), NEW_TOKENS_AFTER).unref();
}

async function report(took, lines) {
  const [start, middle, end] = [held.at(0), held.at(held.length / 2), held.at(-1)].map(Math.round);
  console.log(`${sent} requests of seed ${seed} in ${Math.round(took / 1000)} s, ${Math.round((sent / took) * 1000)} a second`);
  for (const [outcome, { times, all, longest }] of [...outcomes].sort(([one], [other]) => one.localeCompare(other))) {
    console.log(`  ${outcome}: ${times} times, ${Math.round(all / times)} ms on average, ${Math.round(longest)} at most`);
  }
  console.log(`memory: ${start} MiB at the start, ${middle} in the middle, ${end} at the end`);
  const complaints = [
    ...faults.slice(0, SHOWN).map((fault) => JSON.stringify(fault).slice(0, 2_000)),
    ...lines.slice(0, SHOWN),
    ...(end < middle + GROWTH ? [] : ['the memory grows']),
  ];
  if (complaints.length > 0) {
    process.exitCode = 1;
    console.error(`${faults.length} faults, ${lines.length} errors in the log:\n${complaints.join('\n')}`);
    const folder = join(PROJECT, 'target/storm');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `faults-${seed}.json`), JSON.stringify({ faults, lines }, null, 1));
  }
}
