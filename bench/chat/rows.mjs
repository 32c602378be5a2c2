// Rows of members, log-ins and conversations, written directly to the server's own tables. This is the only place
// outside the server that knows their columns (entity/src/conversation.rs and its neighbours); an unknown or missing
// column fails the first insert. Triggers maintain the full-text index.
import Database from 'better-sqlite3';

import { between } from '../chance.mjs';
import { databaseFile } from '../pets-table.mjs';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const MONTH = 30 * 86_400_000;

/// Opens the file in `directory`, lets `write` insert rows in one transaction, and leaves the file in the state that a
/// server expects. `write` gets a function for each table.
export function writeRows(directory, write) {
  const database = new Database(databaseFile(directory));
  database.transaction(() => write(inserts(database)))();
  database.exec('ANALYZE');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

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

/// A member with a verified address who cannot log in.
export function memberRow(id, name, created_at) {
  return {
    id, email: `${name}@example.org`, email_verified: 1, password_hash: '', display_name: name, role: 'member',
    avatar_photo_id: null, created_at,
  };
}

/// A log-in of the member that expires in a month.
export function sessionRow(id, member_id, created_at) {
  return {
    id, member_id, user_agent: null, address: null, created_at, last_used_at: created_at, expires_at: created_at + MONTH,
    revoked_at: null,
  };
}

/// A conversation between two members.
export function conversationRow(id, created_by, { last = 0, created_at, updated_at = created_at }) {
  return {
    id, kind: 'direct', direct_key: id.toString('hex'), start_hash: null, pet_id: null, shelter_id: null, title: null,
    created_by, assigned_to: null, last_sequence: last, last_revision: last, created_at, updated_at,
  };
}

/// A member's participant row in a conversation, read up to this message.
export function participantRow(conversation_id, member_id, { read = 0, unread = 0, at }) {
  return {
    conversation_id, member_id, is_admin: 0, read_up_to: read, shown_up_to: read, delivered_up_to: read,
    unread_count: unread, archived: 0, muted: 0, activity: 1, listed_at: at, joined_at: at,
  };
}

/// The bytes of a new UUID version 7.
export function versionSeven(chance, at) {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(at, 0, 6);
  for (let place = 6; place < 16; place += 1) {
    bytes[place] = Math.floor(between(chance, 0, 256));
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes;
}

/// The 26 characters of an id, encoded like in entity/src/id.rs.
export function encode(bytes) {
  let bits = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text = ALPHABET[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}

/// The bytes of an id.
export function unprefixed(id) {
  const bits = [...id.slice(id.indexOf('_') + 1)].reduce((sum, letter) => (sum << 5n) | BigInt(ALPHABET.indexOf(letter)), 0n);
  return Buffer.from(bits.toString(16).padStart(32, '0'), 'hex');
}
