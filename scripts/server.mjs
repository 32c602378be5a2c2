// A server of our own, for the browser test and the measurements: a built binary on a free port, with its data in a
// directory that is removed afterwards, unless the caller brings one.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 10_000;
const POLL = 2;

/// Starts `binary serve …flags` and waits until it is ready. `settings` are further SWEETIE_… variables; those of the
/// caller's own environment are not handed on. `port` is a free one unless the caller brings one, as for a server that comes
/// back. `readyAfter` is in milliseconds from the start of the process.
export async function startServer({ binary, flags = [], directory, port, settings = {} }) {
  const data = directory ?? (await mkdtemp(join(tmpdir(), 'sweetie-server-')));
  const log = join(data, 'server.log');
  const address = `127.0.0.1:${port ?? (await freePort())}`;
  const origin = `http://${address}`;
  const metrics = `127.0.0.1:${await freePort()}`;
  const started = performance.now();
  const child = run(binary, ['serve', ...flags], log, environment(data, { SWEETIE_LISTEN: address, SWEETIE_METRICS_LISTEN: metrics, ...settings }));

  const stop = async () => {
    try {
      await end(child);
    } finally {
      if (directory === undefined) {
        await rm(data, { recursive: true, force: true });
      }
    }
  };

  try {
    await ready(origin, child);
  } catch (cause) {
    const output = await readFile(log, 'utf8');
    await stop().catch(() => {});
    throw new Error(`${binary} did not become ready: ${cause.message}\n${output}`);
  }
  const readyAfter = performance.now() - started;
  return { origin, metrics: `http://${metrics}/metrics`, pid: child.process.pid, data, readyAfter, stop, graphql: graphqlAt(origin) };
}

/// Runs another command of the binary, such as `migrate`, on the data of `directory`.
export async function runCommand(binary, argv, directory, settings = {}) {
  const log = join(directory, `${argv[0]}.log`);
  const code = await run(binary, argv, log, environment(directory, settings)).exited;
  if (code !== 0) {
    throw new Error(`${binary} ${argv.join(' ')} ended with ${code}\n${await readFile(log, 'utf8')}`);
  }
}

/// Sends an operation and answers with its data; errors of both kinds, GraphQL's and the user's, are thrown.
export function graphqlAt(origin) {
  return async (query, variables, token) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    const userErrors = Object.values(data ?? {}).flatMap((payload) => payload?.userErrors ?? []);
    if (errors || userErrors.length > 0) {
      throw new Error(`the server refused: ${JSON.stringify(errors ?? userErrors)}`);
    }
    return data;
  };
}

/// A port of 127.0.0.1 that nobody listens on at this moment.
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function environment(directory, settings) {
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('SWEETIE_'));
  return { ...Object.fromEntries(outer), SWEETIE_DATA_DIR: directory, ...settings };
}

function run(binary, argv, log, env) {
  const child = spawn(binary, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const sink = createWriteStream(log);
  child.stdout.pipe(sink, { end: false });
  child.stderr.pipe(sink, { end: false });
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => sink.end(() => resolve(code)));
  });
  exited.catch(() => sink.end());
  return { process: child, exited };
}

async function end(child) {
  child.process.kill('SIGTERM');
  const reaper = setTimeout(() => child.process.kill('SIGKILL'), STOP_TIMEOUT);
  await child.exited.finally(() => clearTimeout(reaper));
}

async function ready(origin, child) {
  let ending;
  child.exited.then((code) => (ending = `it ended with ${code}`), (cause) => (ending = cause.message));
  const deadline = Date.now() + START_TIMEOUT;
  while (ending === undefined && Date.now() < deadline) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await delay(POLL);
  }
  throw new Error(ending ?? `not within ${START_TIMEOUT} ms`);
}
