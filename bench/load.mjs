// A load generator: a fixed number of connections, each sending its next request after the previous response.
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/// Posts every body to `url` over `connections` connections, or as many as fit in `seconds`; any unsuccessful response
/// fails the measurement. Returns the duration of each request in milliseconds.
export async function load(url, bodies, connections, seconds = Infinity) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const queue = bodies.values();
  const deadline = performance.now() + 1_000 * seconds;
  const latencies = [];
  const worker = async () => {
    for (const body of queue) {
      const started = performance.now();
      await post(url, body, agent);
      const ended = performance.now();
      latencies.push(ended - started);
      if (deadline <= ended) {
        return;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, worker));
  } finally {
    agent.destroy();
  }
  return latencies;
}

/// The given percentile of the values.
export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)];
}

/// Sends one request, with additional headers if given, and returns the text of the response.
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
