// A minimal client of graphql-transport-ws, so that the server is measured rather than the client.
import WebSocket from 'ws';

/// Opens a socket and waits for the acknowledgement.
export function open(origin, token) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  return new Promise((resolve, reject) => {
    const client = new Client(socket, () => resolve(client));
    socket.once('error', reject);
    socket.once('close', (code, reason) => reject(new Error(`closed: ${code} ${reason}`)));
    socket.once('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    });
  });
}

class Client {
  #socket;
  #acknowledged;
  #listeners = new Map();
  #last = 0;

  constructor(socket, acknowledged) {
    this.#socket = socket;
    this.#acknowledged = acknowledged;
    socket.on('message', (data) => this.#hear(JSON.parse(data)));
  }

  /// Starts a subscription; `heard` is called with its data.
  subscribe(query, variables, heard) {
    this.#start(query, variables, (payload) => heard(clean(payload)));
  }

  /// Sends a query or mutation and waits for its data.
  ask(query, variables) {
    return new Promise((resolve, reject) => {
      const id = this.#start(query, variables, (payload) => {
        this.#listeners.delete(id);
        try {
          resolve(clean(payload));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /// Breaks the connection.
  close() {
    this.#socket.removeAllListeners('close');
    this.#socket.terminate();
  }

  #start(query, variables, heard) {
    this.#last += 1;
    const id = String(this.#last);
    this.#listeners.set(id, heard);
    this.#socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
    return id;
  }

  #hear({ type, id, payload }) {
    if (type === 'connection_ack') {
      this.#acknowledged();
    } else if (type === 'next' || type === 'error') {
      this.#listeners.get(id)?.(payload);
    }
  }
}

function clean({ data, errors, ...rest }) {
  const userErrors = Object.values(data ?? {}).flatMap((payload) => payload?.userErrors ?? []);
  if (!data || errors || userErrors.length > 0) {
    throw new Error(`the server refused: ${JSON.stringify(errors ?? (userErrors.length > 0 ? userErrors : rest))}`);
  }
  return data;
}
