// CPU time per request of several servers, measured in turns, so that other load on the machine affects all equally.
import { load } from './load.mjs';

const ROUNDS = 3;
const CONNECTIONS = 8;

/// Each contender is `{ url, bodies, cpu }`, where `cpu()` is the CPU time of its processes so far. Every round sends
/// all bodies, or as many as fit in `seconds`. Returns the microseconds per request of each: the median of the rounds.
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
