// Mails that a server has written to its folder.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const TIMEOUT = 60_000;

/// The address behind the button of the last mail to somebody with a link to that page.
export async function link(server, to, page) {
  const folder = join(server.data, 'outbox', 'mail');
  const pattern = new RegExp(`^${server.origin}/${page}#\\w+`, 'm');
  for (const until = Date.now() + TIMEOUT; Date.now() < until; await delay(50)) {
    const names = await readdir(folder).catch(() => []);
    const mails = await Promise.all(names.filter((name) => name.endsWith('.eml')).sort().map((name) => readFile(join(folder, name), 'utf8')));
    const found = mails.filter((mail) => mail.includes(`To: ${to}\r\n`)).map((mail) => pattern.exec(mail)).filter(Boolean);
    if (found.length > 0) {
      return found.at(-1)[0];
    }
  }
  return assert.fail(`no mail to ${to} with a link to ${page}`);
}
