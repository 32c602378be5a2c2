// Conversations for the measurements, written straight into the server's own tables. This is the only place outside the
// server that knows their columns (entity/src/conversation.rs and its neighbours); an unknown or missing one fails the
// first insert. The index of words keeps itself.
import Database from 'better-sqlite3';

import { between, pick, seeded } from './chance.mjs';
import { databaseFile } from './pets-table.mjs';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const WORDS = [
  'river', 'park', 'collar', 'blue', 'red', 'seen', 'near', 'school', 'barking', 'shy', 'street', 'corner', 'garden',
  'yesterday', 'morning', 'evening', 'flyer', 'neighbour', 'photo', 'brown', 'small', 'running', 'north', 'bridge',
];
/// A word of one message in a thousand, for a search that finds little.
export const RARE = 'lighthouse';
/// A word of every second message, for a search that finds half of them.
export const FREQUENT = 'sweetie';

/// Writes a conversation of `messages` messages between the two, and `others` more of the first of them with members who
/// never log in, each with a few messages. Answers with the id of the first.
export function fillChat(directory, [ann, bob], { messages, others }) {
  const database = new Database(databaseFile(directory));
  const chance = seeded(20261120);
  const tables = inserts(database);
  const start = Date.now() - 30 * 86_400_000;
  const long = versionSeven(chance, start);
  database.transaction(() => {
    converse(tables, chance, { id: long, members: [unprefixed(ann), unprefixed(bob)], messages, start });
    for (let index = 0; index < others; index += 1) {
      const at = start + index * 1_000;
      const stranger = versionSeven(chance, at);
      tables.members(member(stranger, index, at));
      const members = [unprefixed(ann), stranger];
      converse(tables, chance, { id: versionSeven(chance, at), members, messages: 5, start: at });
    }
  })();
  database.exec('ANALYZE');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return `con_${encode(long)}`;
}

/// One conversation; the second member said every second message, and the first has read all but the last two.
function converse(tables, chance, { id, members, messages, start }) {
  const last = start + messages * 20_000;
  tables.conversations({
    id, kind: 'direct', direct_key: id.toString('hex'), start_hash: null, pet_id: null, shelter_id: null, title: null,
    created_by: members[0], assigned_to: null, last_sequence: messages, last_revision: messages, created_at: start,
    updated_at: last,
  });
  for (const [place, member] of members.entries()) {
    const read = place === 0 ? messages - 2 : messages;
    tables.participants({
      conversation_id: id, member_id: member, is_admin: 0, read_up_to: read, shown_up_to: read, delivered_up_to: read,
      unread_count: place === 0 ? 1 : 0, archived: 0, muted: 0, activity: 1, listed_at: last, joined_at: start,
    });
  }
  for (let sequence = 1; sequence <= messages; sequence += 1) {
    const at = start + sequence * 20_000;
    const message_id = versionSeven(chance, at);
    const text = sentence(chance, sequence);
    tables.messages({
      id: message_id, conversation_id: id, sequence, revision: sequence, sender_id: members[sequence % 2], text,
      image_ids: '[]', reply_to_id: null, client_key: null, request_hash: null, system: null, sent_at: at,
      edited_at: null, deleted_at: null,
    });
    tables.message_changes({ conversation_id: id, revision: sequence, message_id, change: 'sent' });
    tables.searchable_messages({ message_id, conversation_id: id, scope: `con${encode(id)}`, words: text });
  }
}

function sentence(chance, sequence) {
  const words = Array.from({ length: 8 }, () => pick(chance, WORDS));
  if (sequence % 2 === 0) {
    words.push(FREQUENT);
  }
  if (sequence % 1_000 === 0) {
    words.push(RARE);
  }
  return words.join(' ');
}

function member(id, index, created_at) {
  return {
    id, email: `stranger${index}@example.org`, email_verified: 1, password_hash: '', display_name: `stranger ${index}`,
    role: 'member', avatar_photo_id: null, created_at,
  };
}

/// A function for each table that inserts a row.
function inserts(database) {
  const prepared = new Map();
  const insert = (table) => (row) => {
    if (!prepared.has(table)) {
      const columns = Object.keys(row);
      const values = columns.map((column) => `@${column}`).join(', ');
      prepared.set(table, database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`));
    }
    prepared.get(table).run(row);
  };
  return new Proxy({}, { get: (_, table) => insert(table) });
}

function versionSeven(chance, at) {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(at, 0, 6);
  for (let place = 6; place < 16; place += 1) {
    bytes[place] = Math.floor(between(chance, 0, 256));
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes;
}

/// The 26 characters of an id, as entity/src/id.rs writes them.
function encode(bytes) {
  let bits = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text = ALPHABET[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}

function unprefixed(id) {
  const bits = [...id.slice(id.indexOf('_') + 1)].reduce((sum, letter) => (sum << 5n) | BigInt(ALPHABET.indexOf(letter)), 0n);
  return Buffer.from(bits.toString(16).padStart(32, '0'), 'hex');
}
