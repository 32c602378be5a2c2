// Passwords: log-ins at a steady rate, with Argon2id at its full cost, and what everybody else feels of them; and whether
// the time of an answer tells which addresses have accounts.
import { readFile, readdir } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { startServer } from '../scripts/server.mjs';
import { percentile, post } from './load.mjs';
import { register } from './member.mjs';
import { cpuMicros } from './process.mjs';

const MEMBERS = 50;
const A_SECOND = 50;
const SECONDS = 20;
const LOG_IN_LIMIT = 200; // milliseconds
const TRIES = 200; // for each kind of address
const APART = 1.1; // medians of known and unknown addresses, at most
const SETTINGS = { SWEETIE_RATE_LIMIT: '10000000', SWEETIE_LOG: 'warn' };

const LOG_IN = `mutation ($input: LogInInput!) {
  logIn(input: $input) { tokens { accessToken } userErrors { code } }
}`;
const RESET = `mutation ($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) { userErrors { code } }
}`;
const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }`;
const VERIFY = 'mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { userErrors { code } } }';
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
    await verified(server);
    const ask = asking(server, agents);
    const alone = await others(server, members[0], SECONDS / 2);
    const before = cpuMicros(server.pid);
    for (const member of members) {
      await logIn(ask, member);
    }
    const busy = (cpuMicros(server.pid) - before) / 1_000 / MEMBERS;
    const [logIns, beside] = await Promise.all([steadily(ask, members), others(server, members[0], SECONDS)]);
    return [
      { what: "log-in: the server's processor time", value: busy, unit: 'ms' },
      { what: `log-in, ${A_SECOND} a second: p99`, value: percentile(logIns, 0.99), unit: 'ms', limit: LOG_IN_LIMIT,
        details: { p50: percentile(logIns, 0.5), most: percentile(logIns, 1),
          'log-ins refused': logIns.filter((took) => took === Infinity).length } },
      { what: 'another request beside them: p99', value: percentile(beside, 0.99), peer: percentile(alone, 0.99), unit: 'ms',
        details: { p50: percentile(beside, 0.5), 'p50 alone': percentile(alone, 0.5) } },
      ...(await enumeration(ask)),
    ];
  } finally {
    agents.forEach((agent) => agent.destroy());
    await server.stop();
  }
}

/// Verifies the members' addresses with the tokens of their mails: as long as nobody has verified an address, a log-in also
/// hashes for the member who might have, which takes twice as long.
async function verified(server) {
  const folder = join(server.data, 'outbox/mail');
  const tokens = new Set();
  while (tokens.size < MEMBERS) {
    await delay(100);
    for (const file of (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'))) {
      const [, token] = /\/verify-email#(\w+)/.exec(await readFile(join(folder, file), 'utf8')) ?? [];
      if (token && !tokens.has(token)) {
        tokens.add(token);
        await server.graphql(VERIFY, { input: { token } });
      }
    }
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
    running.push(logIn(ask, members[index % members.length]));
  }
  return Promise.all(running);
}

/// How long it takes; for ever if it is refused.
async function logIn(ask, { email }) {
  const password = `a long password of ${email.split('@')[0]} 417`;
  const { took, text } = await ask(LOG_IN, { email, password }).catch(() => ({ text: '' }));
  return text.includes('"accessToken"') ? took : Infinity;
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
      const tries = [
        ['known', `member${index % MEMBERS}@example.org`],
        ['unknown', `nobody-${name.slice(0, 3)}-${index}@example.org`],
      ];
      for (const [kind, email] of index % 2 ? tries : tries.reverse()) {
        times[kind].push((await ask(query, input(email))).took);
      }
    }
    const [known, unknown] = [percentile(times.known, 0.5), percentile(times.unknown, 0.5)];
    figures.push({ what: `${name}: median for a known address, beside an unknown one`, value: known, peer: unknown, unit: 'ms',
      ratio: Math.max(known, unknown) / Math.min(known, unknown), limit: APART });
  }
  return figures;
}
