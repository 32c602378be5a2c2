// A conversation of 100,000 messages and a member with 1,000 conversations: pages of history from both ends and from the
// middle, searches for rare and frequent words, the unread count and the list of conversations. One request at a time, over
// HTTP, on SQLite.
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { runCommand, startServer } from '../../scripts/server.mjs';
import { FREQUENT, RARE, fillChat } from './history-table.mjs';
import { post } from '../load.mjs';
import { register } from '../member.mjs';
import { databaseSettings } from '../pets-table.mjs';

const MESSAGES = 100_000;
const OTHERS = 999;
const WARM = 30;
const ROUNDS = 300;
const PAGE_LIMIT = 20;
const COUNT_LIMIT = 5;

const FIELDS = 'pageInfo { startCursor endCursor } nodes { id sequence text sentAt editedAt sender { displayName } reactions { emoji count } }';
const HISTORY = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  node(id: $id) { ... on Conversation { messages(first: $first, after: $after, last: $last, before: $before) { ${FIELDS} } } }
}`;
const SEARCH = `query ($query: String!, $id: ID) {
  viewer { searchMessages(query: $query, conversationId: $id, first: 50) { nodes { id text sender { displayName } } } }
}`;
const UNREAD = '{ viewer { unreadMessageCount } }';
const CONVERSATIONS = `{ viewer { conversations(first: 20) {
  nodes { id unreadCount archived muted lastMessage { text } participants { member { displayName } } } } } }`;
const LIST = '{ viewer { conversations(first: 20) { nodes { id unreadCount } } } }';

/// The measurement: median and slow percentile of each kind of request.
export async function measure(binary) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  try {
    const settings = { ...databaseSettings(directory), SWEETIE_RATE_LIMIT: '10000000',
    SWEETIE_NEW_ACCOUNT_HOURS: '0', SWEETIE_LOG: 'warn' };
    await runCommand(binary, ['migrate'], directory, settings);
    const first = await startServer({ binary, directory, settings });
    const members = await Promise.all(['ann', 'bob'].map((name) => register(first, name)));
    await first.stop();
    const id = fillChat(directory, members.map((member) => member.id), { messages: MESSAGES, others: OTHERS });
    const server = await startServer({ binary, directory, settings });
    try {
      return await ask(server, members[0].token, id);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function ask(server, token, id) {
  const middle = await inTheMiddle(server, token, id);
  const kinds = [
    ['history, first 50', HISTORY, { id, first: 50 }, PAGE_LIMIT],
    ['history, last 50', HISTORY, { id, last: 50 }, PAGE_LIMIT],
    ['history, first 50 after the middle', HISTORY, { id, first: 50, after: middle }, PAGE_LIMIT],
    ['history, last 50 before the middle', HISTORY, { id, last: 50, before: middle }, PAGE_LIMIT],
    ['search in it, a rare word', SEARCH, { id, query: RARE }, PAGE_LIMIT],
    ['search in it, a frequent word', SEARCH, { id, query: FREQUENT }, PAGE_LIMIT],
    ['search in it, two words and a beginning', SEARCH, { id, query: `${FREQUENT} river bri` }, PAGE_LIMIT],
    ['search in it, nothing', SEARCH, { id, query: 'unheard' }, PAGE_LIMIT],
    ['search everywhere, a frequent word', SEARCH, { query: FREQUENT }, PAGE_LIMIT],
    ['unread count, 1,000 conversations', UNREAD, {}, COUNT_LIMIT],
    ['conversations, 20 with their unread counts', LIST, {}, COUNT_LIMIT],
    ['conversations, 20 with last message and members', CONVERSATIONS, {}, COUNT_LIMIT],
  ];
  const rows = [];
  for (const [what, query, variables, limit] of kinds) {
    const times = await timed(server, token, { query, variables });
    rows.push({ what: `${what}: p50`, value: times[Math.floor(ROUNDS / 2)], unit: 'ms' });
    rows.push({ what: 'p99', value: times[Math.ceil(ROUNDS * 0.99) - 1], unit: 'ms', limit });
  }
  return rows;
}

/// The cursor of the message in the middle. Cursors are opaque, so this pages up to it.
async function inTheMiddle(server, token, id) {
  const query = `query ($id: ID!, $after: String) {
    node(id: $id) { ... on Conversation { messages(first: 100, after: $after) { pageInfo { endCursor } } } } }`;
  let after;
  for (let page = 0; page < MESSAGES / 200; page += 1) {
    const { node } = await server.graphql(query, { id, after }, token);
    after = node.messages.pageInfo.endCursor;
  }
  return after;
}

/// Durations of single requests in milliseconds, sorted.
async function timed(server, token, operation) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify(operation);
  const times = [];
  for (let round = 0; round < WARM + ROUNDS; round += 1) {
    const started = performance.now();
    await post(`${server.origin}/graphql`, body, agent, { authorization: `Bearer ${token}` });
    if (round >= WARM) {
      times.push(performance.now() - started);
    }
  }
  agent.destroy();
  return times.sort((a, b) => a - b);
}
