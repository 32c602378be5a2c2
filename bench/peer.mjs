// A server to compare ours with: a script in this folder, run in its own process.
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import { freePort } from '../scripts/server.mjs';
import { post } from './load.mjs';

const PATIENCE = 30_000;
const ANYTHING = JSON.stringify({ query: '{ __typename }' });

/// Starts `script ARGUMENTS… PORT` and waits until it responds to GraphQL at `url`.
export async function startPeer(script, ...argv) {
  const port = await freePort();
  const child = spawn(process.execPath, [script, ...argv, String(port)], {
    env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => child.kill() && exited;
  const url = `http://127.0.0.1:${port}/graphql`;
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline && child.exitCode === null; await delay(20)) {
    if (await post(url, ANYTHING).catch(() => undefined)) {
      return { url, pid: child.pid, stop };
    }
  }
  await stop();
  throw new Error(`${script} did not become ready`);
}
