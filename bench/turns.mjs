// Processor time per request of several servers, measured turn by turn, so that what else the machine does falls on all.
import { load } from './load.mjs';

const ROUNDS = 3;
const CONNECTIONS = 8;

/// Each contender is `{ url, bodies, cpu }`, where `cpu()` is the time that its processes have used so far. Every round
/// sends all bodies, or as many as go into `seconds`. Answers with microseconds per request of each: the median of the
/// rounds.
export async function cpuPerRequest(contenders, seconds) {
  for (const { url, bodies } of contenders) {
    await load(url, bodies.slice(0, Math.ceil(bodies.length / 2)), CONNECTIONS, seconds);
  }
  const rounds = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { url, bodies, cpu }] of contenders.entries()) {
      const before = cpu();
      const { length } = await load(url, bodies, CONNECTIONS, seconds);
      rounds[index].push((cpu() - before) / length);
    }
  }
  return rounds.map((values) => values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
}
