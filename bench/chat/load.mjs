// A thousand people chat in pairs, each over their own socket. Measures the latency at 500 messages a second and the
// maximum throughput, compared with socket.io that stores its messages in better-sqlite3.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { percentile } from '../load.mjs';
import { startPeer } from '../peer.mjs';
import { cpuMicros } from '../process.mjs';
import { talkAtOnce, talkSteadily } from './chatters.mjs';
import { open } from './graphql-socket.mjs';
import { withServer } from './server.mjs';
import { open as openPeer } from './socket-io-client.mjs';

const PEOPLE = 1_000;
const STEADY = { rate: 500, seconds: 20 };
const LIMIT = 50;
const TIMES_THE_PEER = 2;
const PEER = fileURLToPath(new URL('socket-io-peer.mjs', import.meta.url));
/// Number of messages per member: fewer if more commits wait for the disk. A member may send 50 a minute.
const EACH = { normal: 20, full: 4 };

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id sequence sentAt } userErrors { field code message } }
}`;
const MESSAGES = `subscription ($id: ID!) {
  messages(conversationId: $id, after: 0) { revision message { id sequence text sentAt sender { id } } }
}`;

/// The measurement.
export async function measure(binary) {
  const figures = [await steadily(binary)];
  for (const sync of ['full', 'normal']) {
    const ours = await atOnce(binary, sync);
    const peer = await atOncePeer(sync);
    const [value, ratio] = [ours.rate, ours.rate / peer.rate];
    figures.push({
      what: `messages a second, synchronous=${sync}`, value, unit: '/s', peer: peer.rate, ratio, least: TIMES_THE_PEER,
      details: { 'our CPU µs': ours.cpu, "the peer's": peer.cpu },
    });
  }
  return figures;
}

async function steadily(binary) {
  const latencies = await withServer(binary, PEOPLE, async (server, people) => {
    const chatters = await connect(server, people);
    await talkAtOnce(chatters, 1);
    return talkSteadily(chatters, STEADY);
  });
  const details = { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) };
  const what = `${PEOPLE} sockets, ${STEADY.rate} messages a second: until both hear it, p99`;
  return { what, value: percentile(latencies, 0.99), unit: 'ms', limit: LIMIT, details };
}

async function atOnce(binary, sync) {
  const settings = { SWEETIE_SQLITE_SYNC: sync };
  return withServer(binary, PEOPLE, async (server, people) => rate(await connect(server, people), sync, server.pid), settings);
}

async function atOncePeer(sync) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  const peer = await startPeer(PEER, join(directory, 'peer.db'), sync, String(PEOPLE));
  try {
    const { origin } = new URL(peer.url);
    const people = Array.from({ length: PEOPLE }, (_, member) => chatterOfPeer(origin, member));
    return await rate(await Promise.all(people), sync, peer.pid);
  } finally {
    await peer.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function rate(chatters, sync, pid) {
  await talkAtOnce(chatters, 1);
  const before = cpuMicros(pid);
  const rate = await talkAtOnce(chatters, EACH[sync]);
  return { rate, cpu: (cpuMicros(pid) - before) / (chatters.length * EACH[sync]) };
}

export async function connect(server, people) {
  const chatters = [];
  for (const { token, conversationId } of people) {
    const client = await open(server.origin, token);
    const chatter = { hears: () => {} };
    client.subscribe(MESSAGES, { id: conversationId }, ({ messages }) => chatter.hears(messages.message.text));
    let number = 0;
    chatter.say = (text) => client.ask(SEND, { input: { conversationId, text, clientKey: String(number++) } });
    chatters.push(chatter);
  }
  return chatters;
}

async function chatterOfPeer(origin, member) {
  const client = await openPeer(origin, member);
  const chatter = { hears: () => {} };
  client.hears = ({ text }) => chatter.hears(text);
  let number = 0;
  chatter.say = (text) => client.send({ text, clientKey: String(number++) });
  return chatter;
}
