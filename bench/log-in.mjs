// Passwords: log-ins at a steady rate, with Argon2id at its full cost, and what everybody else feels of them; and whether
// the time of an answer tells which addresses have accounts.
import { Agent } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { startServer } from '../scripts/server.mjs';
import { percentile, post } from './load.mjs';
import { register } from './member.mjs';

const MEMBERS = 50;
const A_SECOND = 50;
const SECONDS = 20;
const LOG_IN_LIMIT = 200; // milliseconds
const TRIES = 60; // for each kind of address
const APART = 1.1; // medians of known and unknown addresses, at most
const SETTINGS = { SWEETIE_RATE_LIMIT: '10000000', SWEETIE_LOG: 'warn' };

const LOG_IN = `mutation ($input: LogInInput!) {
  logIn(input: $input) { tokens { accessToken } userErrors { code } }
}`;
const RESET = `mutation ($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) { userErrors { code } }
}`;
const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }`;
const OTHERS = '{ viewer { member { displayName } } }';

/// The measurement.
export async function measure(binary) {
  const server = await startServer({ binary, settings: SETTINGS });
  const agents = addresses(40);
  try {
    const members = [];
    for (let index = 0; index < MEMBERS; index += 1) {
      members.push(await register(server, `member${index}`));
    }
    const ask = asking(server, agents);
    const alone = await others(server, members[0], SECONDS / 2);
    const [logIns, beside] = await Promise.all([steadily(ask, members), others(server, members[0], SECONDS)]);
    return [
      { what: `log-in, ${A_SECOND} a second: p99`, value: percentile(logIns, 0.99), unit: 'ms', limit: LOG_IN_LIMIT,
        details: { p50: percentile(logIns, 0.5), most: percentile(logIns, 1) } },
      { what: 'another request beside them: p99', value: percentile(beside, 0.99), peer: percentile(alone, 0.99), unit: 'ms',
        details: { p50: percentile(beside, 0.5), 'p50 alone': percentile(alone, 0.5) } },
      ...(await enumeration(ask)),
    ];
  } finally {
    agents.forEach((agent) => agent.destroy());
    await server.stop();
  }
}

/// Connections from so many addresses of this machine, because log-ins are limited by address.
function addresses(count) {
  return Array.from({ length: count }, (_, index) => new Agent({ keepAlive: true, localAddress: `127.0.1.${index + 1}` }));
}

function asking(server, agents) {
  let turn = 0;
  return async (query, input) => {
    turn += 1;
    const started = performance.now();
    const text = await post(`${server.origin}/graphql`, JSON.stringify({ query, variables: { input } }), agents[turn % agents.length]);
    return { took: performance.now() - started, text };
  };
}

/// Log-ins that start at their time, whether the ones before are answered or not.
async function steadily(ask, members) {
  const started = performance.now();
  const running = [];
  for (let index = 0; index < A_SECOND * SECONDS; index += 1) {
    await delay(Math.max(started + (1_000 * index) / A_SECOND - performance.now(), 0));
    const { email } = members[index % members.length];
    const password = `a long password of ${email.split('@')[0]} 417`;
    running.push(ask(LOG_IN, { email, password }).then(({ took, text }) => {
      if (!text.includes('"accessToken"')) {
        throw new Error(`a log-in was refused: ${text}`);
      }
      return took;
    }));
  }
  return Promise.all(running);
}

/// What a member who is logged in waits for, one request after the other.
async function others(server, { token }, seconds) {
  const agent = new Agent({ keepAlive: true });
  const until = performance.now() + 1_000 * seconds;
  const latencies = [];
  while (performance.now() < until) {
    const started = performance.now();
    await post(`${server.origin}/graphql`, JSON.stringify({ query: OTHERS }), agent, { authorization: `Bearer ${token}` });
    latencies.push(performance.now() - started);
    await delay(5);
  }
  agent.destroy();
  return latencies;
}

/// Known and unknown addresses in turn, so that both meet the same machine.
async function enumeration(ask) {
  const kinds = [
    ['log-in', LOG_IN, (email) => ({ email, password: 'this is not the password' })],
    ['forgotten password', RESET, (email) => ({ email })],
    ['registration', REGISTER, (email) => ({ email, password: 'a long password of nobody 417', displayName: 'Nobody' })],
  ];
  const figures = [];
  for (const [name, query, input] of kinds) {
    const times = { known: [], unknown: [] };
    for (let index = 0; index < TRIES; index += 1) {
      times.known.push((await ask(query, input(`member${index % MEMBERS}@example.org`))).took);
      times.unknown.push((await ask(query, input(`nobody-${name.slice(0, 3)}-${index}@example.org`))).took);
    }
    const [known, unknown] = [percentile(times.known, 0.5), percentile(times.unknown, 0.5)];
    figures.push({ what: `${name}: median for a known address, beside an unknown one`, value: known, peer: unknown, unit: 'ms',
      ratio: Math.max(known, unknown) / Math.min(known, unknown), limit: APART });
  }
  return figures;
}
