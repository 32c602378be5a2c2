// Sends a request of the storm and judges the answer.
import { connect } from 'node:net';

import { WebSocket } from 'ws';

const PATIENCE = 30_000;
/// How long a socket is listened to, and a raw connection.
const LISTENED = 150;
const CLOSED = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];
const OURS = ['INTERNAL_SERVER_ERROR'];

/// The answer: its text, `outcome` in a word or two, and whether it is a `fault` of the server.
export function send(origin, request) {
  if (request.messages) {
    return overSocket(origin, request);
  }
  return request.text === undefined ? overHttp(origin, request) : raw(origin, request);
}

async function overHttp(origin, { method, path, headers, body }, isSecond = false) {
  try {
    const response = await fetch(origin + path, { method, headers: clean(headers), body, signal: AbortSignal.timeout(PATIENCE), redirect: 'manual' });
    return judged(response.status, await response.text());
  } catch (cause) {
    // After an answer to a request whose body it did not want, the server may close the connection while the next request is
    // on its way, as HTTP allows. A new connection gets an answer.
    if (!isSecond && CLOSED.includes(cause.cause?.code)) {
      return overHttp(origin, { method, path, headers, body }, true);
    }
    return { text: '', outcome: 'no answer', fault: true, cause: `${cause} ${cause.cause ?? ''}` };
  }
}

/// Headers can hold no other characters.
function clean(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/g, '?').trim()]));
}

function judged(status, text) {
  const codes = [...text.slice(0, 100_000).matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code);
  const fault = (status >= 500 && status !== 503) || codes.some((code) => OURS.includes(code));
  return { text, outcome: `${status}`, fault };
}

function overSocket(origin, { messages }) {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    let text = '';
    const end = (outcome, fault) => {
      clearTimeout(patience);
      socket.terminate();
      resolve({ text, outcome, fault: fault || OURS.some((code) => text.includes(code)) });
    };
    const patience = setTimeout(() => end('no answer', true), PATIENCE);
    socket.on('open', () => {
      messages.forEach((message) => socket.send(message));
      setTimeout(() => end('open', false), LISTENED);
    });
    socket.on('message', (message) => (text += message));
    socket.on('close', (code) => end(`closed ${code}`, code === 1011 || code === 1006));
    socket.on('error', (cause) => end(`error ${cause.message.slice(0, 40)}`, true));
  });
}

function raw(origin, { text: sent }) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(sent));
    let text = '';
    const end = () => {
      socket.destroy();
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ ...judged(status, text), outcome: status ? `${status}` : 'silence' });
    };
    socket.setTimeout(LISTENED, end);
    socket.on('data', (data) => (text += data));
    socket.on('error', () => {});
    socket.on('close', end);
  });
}
