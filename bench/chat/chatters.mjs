// Simulated chat users for any server. A chatter sends a message, waits for the acknowledgement, and counts the
// messages received by both members of a conversation.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE = 120_000;

/// Everybody sends `each` messages, the next one after the previous is acknowledged. Returns messages per second, from
/// the first send until both members of every conversation have received everything.
export async function talkAtOnce(chatters, each) {
  const ears = listen(chatters);
  const started = performance.now();
  const talking = chatters.map(async ({ say }, index) => {
    for (let number = 0; number < each; number += 1) {
      await say(`message ${number} of ${index}`);
    }
  });
  await Promise.all(talking);
  await ears.heard(2 * chatters.length * each);
  return (1_000 * chatters.length * each) / (performance.now() - started);
}

/// All chatters together send `rate` messages a second for a number of seconds, each on schedule, whether or not the
/// previous one was acknowledged. Returns the milliseconds from each scheduled time until each of the two receives the
/// message.
export async function talkSteadily(chatters, { rate, seconds }) {
  const ears = listen(chatters);
  const started = performance.now();
  const saying = [];
  for (let number = 0; number < rate * seconds; number += 1) {
    const due = started + (1_000 * number) / rate;
    while (performance.now() < due) {
      await delay(Math.max(due - performance.now(), 0));
    }
    const chatter = chatters[(number * 7) % chatters.length];
    saying.push(chatter.say(`message ${number} @${due}`));
  }
  await Promise.all(saying);
  await ears.heard(2 * saying.length);
  return ears.latencies;
}

/// Counts the messages received by all from now on. Where latency matters, a text ends with its scheduled time.
function listen(chatters) {
  const latencies = [];
  let count = 0;
  for (const chatter of chatters) {
    chatter.hears = (text) => {
      count += 1;
      const due = Number(text.slice(text.lastIndexOf('@') + 1));
      latencies.push(performance.now() - due);
    };
  }
  const heard = async (wanted) => {
    for (const deadline = Date.now() + PATIENCE; count < wanted && Date.now() < deadline; ) {
      await delay(5);
    }
    if (count !== wanted) {
      throw new Error(`${count} messages were heard instead of ${wanted}`);
    }
  };
  return { heard, latencies };
}
