// Chat with a hundred connected clients: time from the moment a message is sent until it is in the other's socket.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { startServer } from '../scripts/server.mjs';
import { connect, register } from './member.mjs';

const PAIRS = 50;
const MESSAGES_EACH = 10;
const PAUSE = 2_000; // milliseconds between two messages of a member: 30 a minute, below the limit of 50
const PATIENCE = 10_000;
const LIMIT = 50;

const START = `mutation ($input: StartConversationInput!) {
  startConversation(input: $input) { conversation { id } userErrors { field code message } }
}`;
const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id } userErrors { field code message } }
}`;
const MESSAGES = `subscription ($conversationId: ID!) {
  messages(conversationId: $conversationId, after: 0) { revision message { text } }
}`;

/// The measurement: the median and the slow end.
export async function measure(binary) {
  const server = await startServer({ binary, settings: { SWEETIE_RATE_LIMIT: '10000000',
    SWEETIE_NEW_ACCOUNT_HOURS: '0', SWEETIE_LOG: 'warn' } });
  try {
    const latencies = await chat(server);
    latencies.sort((a, b) => a - b);
    const percentile = (share) => latencies[Math.ceil(latencies.length * share) - 1];
    return [
      { what: `chat, ${2 * PAIRS} clients: send to socket, p50`, value: percentile(0.5), unit: 'ms' },
      { what: 'p95', value: percentile(0.95), unit: 'ms' },
      { what: 'p99', value: percentile(0.99), unit: 'ms', limit: LIMIT },
    ];
  } finally {
    await server.stop();
  }
}

async function chat(server) {
  const pairs = [];
  for (let index = 0; index < PAIRS; index += 1) {
    pairs.push(await openPair(server, index));
  }
  const ends = pairs.flat();
  const senders = ends.map((end, index) => talk(server, end, (PAUSE * index) / ends.length));
  await Promise.all(senders);
  await allArrived(ends);
  await Promise.all(ends.map(({ client }) => client.dispose()));
  return ends.flatMap(({ latencies }) => latencies);
}

/// Two members in one conversation, each subscribed on a socket of its own and past the first message.
async function openPair(server, index) {
  const members = await Promise.all([register(server, `ann${index}`), register(server, `bob${index}`)]);
  const input = { memberId: members[1].id, text: 'Is this your dog?' };
  const { startConversation } = await server.graphql(START, { input }, members[0].token);
  const conversationId = startConversation.conversation.id;
  const ends = members.map((member) => ({ member, conversationId, latencies: [], sent: new Map() }));
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  await Promise.all(ends.map((end) => listen(server, end)));
  return ends;
}

async function listen(server, end) {
  end.client = await connect(server, end.member);
  const stream = end.client.iterate({ query: MESSAGES, variables: { conversationId: end.conversationId } });
  await stream.next();
  end.reading = read(stream, end);
}

/// What the other one sent, as it arrives; `performance.now()` is read before anything else is done with it.
async function read(stream, end) {
  for await (const { data, errors } of stream) {
    const arrived = performance.now();
    if (errors) {
      throw new Error(JSON.stringify(errors));
    }
    const { text } = data.messages.message;
    const sentAt = end.other.sent.get(text);
    if (sentAt !== undefined) {
      end.latencies.push(arrived - sentAt);
      end.other.sent.delete(text);
    }
  }
}

async function talk(server, end, offset) {
  await delay(offset);
  for (let number = 0; number < MESSAGES_EACH; number += 1) {
    const text = `${end.member.email} ${number}`;
    const input = { conversationId: end.conversationId, text };
    end.sent.set(text, performance.now());
    await server.graphql(SEND, { input }, end.member.token);
    await delay(PAUSE);
  }
}

async function allArrived(ends) {
  const missing = () => ends.reduce((sum, { sent }) => sum + sent.size, 0);
  for (const deadline = Date.now() + PATIENCE; missing() > 0 && Date.now() < deadline; ) {
    await Promise.race([delay(20), ...ends.map(({ reading }) => reading)]);
  }
  if (missing() > 0) {
    throw new Error(`${missing()} messages did not arrive`);
  }
}
