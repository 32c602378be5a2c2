// Chance that can be repeated: mulberry32.
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /// An integer from 0 to below `limit`.
    below: (limit) => Math.floor(next() * limit),
    /// Whether something happens that happens so often of a hundred times.
    percent: (often) => next() * 100 < often,
    /// One of these.
    one: (items) => items[Math.floor(next() * items.length)],
  };
}
