// A load generator: a fixed number of connections, each sending its next request when the last is answered.
import { Agent, request } from 'node:http';

/// Posts every body to `url` over `connections` connections; any answer but a clean one fails the measurement.
export async function load(url, bodies, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const queue = bodies.values();
  const worker = async () => {
    for (const body of queue) {
      await post(url, body, agent);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, worker));
  } finally {
    agent.destroy();
  }
}

/// One request, with further headers if there are any; answers with the text of the response.
export function post(url, body, agent, further = {}) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...further };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200 && !text.includes('"errors":')) {
          resolve(text);
        } else {
          reject(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 500)}`));
        }
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
