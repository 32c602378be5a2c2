// A minimal socket.io client: Engine.IO 4 frames with Socket.IO 5 packets, written by hand.
import WebSocket from 'ws';

/// Opens a socket for a member and waits until the server accepts it.
export function open(url, member) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  return new Promise((resolve, reject) => {
    const client = new Client(socket, member, () => resolve(client));
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed: ${code}`)));
  });
}

class Client {
  #socket;
  #waiting = new Map();
  #last = 0;

  /// `hears` is called with every message.
  constructor(socket, member, admitted) {
    this.#socket = socket;
    this.hears = () => {};
    socket.on('message', (data) => this.#hear(String(data), member, admitted));
  }

  /// Sends a message and waits until it is acknowledged.
  send(input) {
    return new Promise((resolve, reject) => {
      const id = this.#last++;
      this.#waiting.set(id, ({ message, error }) => (message ? resolve(message) : reject(new Error(error))));
      this.#socket.send(`42${id}${JSON.stringify(['send', input])}`);
    });
  }

  /// Breaks the connection.
  close() {
    this.#socket.removeAllListeners('close');
    this.#socket.terminate();
  }

  #hear(text, member, admitted) {
    if (text.startsWith('42')) {
      this.hears(JSON.parse(text.slice(2))[1]);
    } else if (text.startsWith('43')) {
      const start = text.indexOf('[');
      const id = Number(text.slice(2, start));
      this.#waiting.get(id)?.(JSON.parse(text.slice(start))[0]);
      this.#waiting.delete(id);
    } else if (text.startsWith('40')) {
      admitted();
    } else if (text.startsWith('0')) {
      this.#socket.send(`40${JSON.stringify({ member })}`);
    } else if (text === '2') {
      this.#socket.send('3');
    }
  }
}
