// People who chat, whatever the server: a chatter says something and waits until it is acknowledged, and counts what the
// two of a conversation hear.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE = 120_000;

/// Everybody says `each` messages, the next when the last is acknowledged. Answers with messages per second, from the first
/// word until both of every conversation have heard everything.
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

/// All together say `rate` messages a second for so many seconds, each at its time, whether or not the last was
/// acknowledged. Answers with the milliseconds from the moment at which a message should be said until each of the two
/// hears it.
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

/// Counts what all hear from now on. A text ends with the time at which it should be said, where that matters.
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
