// The peer of the chat measurement: socket.io over better-sqlite3. It keeps our server's promises about a message and
// does nothing else: the sender must take part, numbers have no gaps, a repeated key returns the first message, the
// others' unread counts increase, and the message is stored before it is acknowledged and delivered.
// Usage: socket-io-peer.mjs DATABASE SYNCHRONOUS MEMBERS PORT
import { createServer } from 'node:http';

import Database from 'better-sqlite3';
import { Server } from 'socket.io';

const [file, synchronous, members, port] = process.argv.slice(2);
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma(`synchronous = ${synchronous}`);
database.exec(`
  CREATE TABLE conversations (id INTEGER PRIMARY KEY, last_sequence INTEGER NOT NULL, updated_at INTEGER NOT NULL);
  CREATE TABLE participants (conversation_id INTEGER NOT NULL, member_id INTEGER NOT NULL, unread INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, member_id)) WITHOUT ROWID;
  CREATE TABLE messages (id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL, sequence INTEGER NOT NULL,
    sender_id INTEGER NOT NULL, client_key TEXT, text TEXT NOT NULL, sent_at INTEGER NOT NULL,
    UNIQUE (conversation_id, sequence), UNIQUE (conversation_id, sender_id, client_key));
  CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61');`);
const addConversation = database.prepare('INSERT INTO conversations VALUES (?, 0, 0)');
const addParticipant = database.prepare('INSERT INTO participants VALUES (?, ?, 0)');
database.transaction(() => {
  for (let member = 0; member < Number(members); member += 2) {
    addConversation.run(member / 2);
    [member, member + 1].forEach((id) => addParticipant.run(member / 2, id));
  }
})();

const takesPart = database.prepare('SELECT 1 FROM participants WHERE conversation_id = ? AND member_id = ?');
const byKey = database.prepare(
  'SELECT id, sequence FROM messages WHERE conversation_id = ? AND sender_id = ? AND client_key = ?',
);
const next = database.prepare(
  'UPDATE conversations SET last_sequence = last_sequence + 1, updated_at = ? WHERE id = ? RETURNING last_sequence',
);
const insert = database.prepare(`INSERT INTO messages (conversation_id, sequence, sender_id, client_key, text, sent_at)
  VALUES (?, ?, ?, ?, ?, ?)`);
const index = database.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
const count = database.prepare('UPDATE participants SET unread = unread + 1 WHERE conversation_id = ? AND member_id <> ?');

const store = database.transaction((conversation, member, { text, clientKey }) => {
  if (!takesPart.get(conversation, member)) {
    return undefined;
  }
  const first = byKey.get(conversation, member, clientKey);
  if (first) {
    return { message: first, isNew: false };
  }
  const sentAt = Date.now();
  const { last_sequence: sequence } = next.get(sentAt, conversation);
  const { lastInsertRowid: id } = insert.run(conversation, sequence, member, clientKey, text, sentAt);
  index.run(id, text);
  count.run(conversation, member);
  return { message: { id: Number(id), sequence, sender: member, text, sentAt }, isNew: true };
});

const http = createServer((_, response) => response.end('{"data":{}}'));
const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
server.on('connection', (socket) => {
  const member = Number(socket.handshake.auth.member);
  const conversation = Math.floor(member / 2);
  socket.join(`conversation ${conversation}`);
  socket.on('send', (input, acknowledge) => {
    const stored = store.immediate(conversation, member, input);
    if (stored?.isNew) {
      server.to(`conversation ${conversation}`).emit('message', stored.message);
    }
    acknowledge(stored ? { message: stored.message } : { error: 'NOT_FOUND' });
  });
});
http.listen(Number(port), '127.0.0.1');
