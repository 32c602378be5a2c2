// Ten thousand idle sockets with two subscriptions each: how soon they are set up, and how much memory each one takes.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { memory } from '../process.mjs';
import { open } from './graphql-socket.mjs';
import { withServer } from './server.mjs';

const SOCKETS = 10_000;
const OPENERS = 64;
const MEMBERS = 1_000; // an account may have 20 sockets
const KIBIBYTES = 20;
const A_SECOND = 1_000;

const SUBSCRIPTIONS = [
  'subscription ($id: ID!) { messages(conversationId: $id) { revision message { id text sentAt sender { displayName } } } }',
  'subscription { conversationUpdates { id unreadCount lastMessage { text } } }',
];

/// The measurement.
export function measure(binary) {
  return withServer(binary, MEMBERS, async (server, people) => {
    const opening = (count, first) => openAll(server, people, count, first);
    // Memory that a process needs only once, such as for its threads, is not part of a socket's cost.
    const warm = await opening(100, 0);
    const before = memory(server.pid).resident;
    const started = performance.now();
    const clients = await opening(SOCKETS, 100);
    const perSecond = (1_000 * SOCKETS) / (performance.now() - started);
    await delay(2_000);
    const each = ((memory(server.pid).resident - before) * 1_024) / SOCKETS;
    [...warm, ...clients].forEach((client) => client.close());
    return [
      { what: `memory of an idle socket with two subscriptions, of ${SOCKETS}`, value: each, unit: 'KiB', limit: KIBIBYTES },
      { what: 'sockets set up with both, a second', value: perSecond, unit: '/s', least: A_SECOND },
    ];
  });
}

async function openAll(server, people, count, first) {
  const clients = [];
  let next = 0;
  const opener = async () => {
    while (next < count) {
      const { token, conversationId } = people[(first + next++) % people.length];
      const client = await open(server.origin, token);
      SUBSCRIPTIONS.forEach((query) => client.subscribe(query, { id: conversationId }, () => {}));
      // The response to a query sent last arrives after the socket has processed everything before it.
      await client.ask('{ __typename }', {});
      clients.push(client);
    }
  };
  await Promise.all(Array.from({ length: OPENERS }, opener));
  return clients;
}
