// Many members with a token each, paired in conversations. Registering them would measure password hashing, so this
// writes rows and signs tokens like the server does.
import { signerOf } from '../../scripts/access-token.mjs';
import { seeded } from '../chance.mjs';
import { conversationRow, encode, memberRow, participantRow, sessionRow, versionSeven, writeRows } from './rows.mjs';

/// The installation's secret in these measurements.
export const SECRET = 'a secret of the measurements and of nothing else';

/// Its public address.
export const ORIGIN = 'https://sweetie.example.org';

const TOKEN_FOR = 15 * 60; // seconds, as ACCESS_TOKEN_FOR

/// Writes an even number `count` of members into the tables of `directory`. Returns the e-mail, token and conversation
/// of each.
export function fillMembers(directory, count) {
  const chance = seeded(500_500);
  const at = Date.now() - 60_000;
  const people = [];
  const signed = signerOf(SECRET);
  writeRows(directory, (tables) => {
    for (let pair = 0; pair < count / 2; pair += 1) {
      const both = [0, 1].map((side) => person(tables, chance, signed, `member${2 * pair + side}`, at));
      const conversation = versionSeven(chance, at);
      tables.conversations(conversationRow(conversation, both[0].id, { created_at: at }));
      both.forEach(({ id }) => tables.participants(participantRow(conversation, id, { at })));
      people.push(...both.map((one) => ({ ...one, conversationId: `con_${encode(conversation)}` })));
    }
  });
  return people;
}

function person(tables, chance, signed, name, at) {
  const [id, session] = [versionSeven(chance, at), versionSeven(chance, at)];
  tables.members(memberRow(id, name, at));
  tables.sessions(sessionRow(session, id, at));
  return { name, id, token: signed(claims(`mem_${encode(id)}`, `ses_${encode(session)}`)) };
}

function claims(sub, sid) {
  const iat = Math.floor(Date.now() / 1_000);
  return { iss: ORIGIN, aud: 'finding-sweetie/graphql', sub, sid, iat, exp: iat + TOKEN_FOR };
}
