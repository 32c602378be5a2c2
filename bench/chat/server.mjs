// Our server with many members who can connect immediately.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommand, startServer } from '../../scripts/server.mjs';
import { databaseSettings } from '../pets-table.mjs';
import { ORIGIN, SECRET, fillMembers } from './members.mjs';

/// Runs `work` with a server on SQLite and `count` members in pairs.
export async function withServer(binary, count, work, further = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'sweetie-bench-'));
  try {
    const settings = {
      ...databaseSettings(directory), SWEETIE_SECRET: SECRET, SWEETIE_PUBLIC_URL: ORIGIN, SWEETIE_RATE_LIMIT: '10000000',
      SWEETIE_SOCKETS_PER_ADDRESS: '100000', SWEETIE_NEW_ACCOUNT_HOURS: '0', SWEETIE_LOG: 'warn', ...further,
    };
    await runCommand(binary, ['migrate'], directory, settings);
    const people = fillMembers(directory, count);
    const server = await startServer({ binary, directory, settings });
    try {
      return await work(server, people);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
