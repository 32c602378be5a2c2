// A long conversation and many short ones, for the measurements of history and search.
import { pick, seeded } from '../chance.mjs';
import { conversationRow, encode, memberRow, participantRow, unprefixed, versionSeven, writeRows } from './rows.mjs';

const WORDS = [
  'river', 'park', 'collar', 'blue', 'red', 'seen', 'near', 'school', 'barking', 'shy', 'street', 'corner', 'garden',
  'yesterday', 'morning', 'evening', 'flyer', 'neighbour', 'photo', 'brown', 'small', 'running', 'north', 'bridge',
];
/// A word in one of a thousand messages, for a search with few results.
export const RARE = 'lighthouse';
/// A word in every second message, for a search that finds half of them.
export const FREQUENT = 'sweetie';

/// Writes a conversation of `messages` messages between two members, and `others` short ones between the first of them
/// and members who never log in. Returns the id of the first conversation.
export function fillChat(directory, [ann, bob], { messages, others }) {
  const chance = seeded(20261120);
  const start = Date.now() - 30 * 86_400_000;
  const long = versionSeven(chance, start);
  writeRows(directory, (tables) => {
    converse(tables, chance, { id: long, members: [unprefixed(ann), unprefixed(bob)], messages, start });
    for (let index = 0; index < others; index += 1) {
      const at = start + index * 1_000;
      const stranger = versionSeven(chance, at);
      tables.members(memberRow(stranger, `stranger ${index}`, at));
      const members = [unprefixed(ann), stranger];
      converse(tables, chance, { id: versionSeven(chance, at), members, messages: 5, start: at });
    }
  });
  return `con_${encode(long)}`;
}

/// One conversation. The second member sent every second message, and the first has read all but the last two.
function converse(tables, chance, { id, members, messages, start }) {
  const last = start + messages * 20_000;
  tables.conversations(conversationRow(id, members[0], { last: messages, created_at: start, updated_at: last }));
  for (const [place, member] of members.entries()) {
    const [read, unread] = place === 0 ? [messages - 2, 1] : [messages, 0];
    tables.participants(participantRow(id, member, { read, unread, at: last }));
  }
  for (let sequence = 1; sequence <= messages; sequence += 1) {
    const at = start + sequence * 20_000;
    const message_id = versionSeven(chance, at);
    const text = sentence(chance, sequence);
    tables.messages({
      id: message_id, conversation_id: id, sequence, revision: sequence, sender_id: members[sequence % 2], text,
      image_ids: '[]', reply_to_id: null, client_key: null, request_hash: null, system: null, review: null, sent_at: at,
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
