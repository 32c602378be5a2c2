// Chance that is the same in every run, so that two runs measure the same work.

/// Numbers in [0, 1) from a seed other than 0: a 32-bit xorshift, good enough to scatter test data.
export function seeded(seed) {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/// One of the values.
export function pick(chance, values) {
  return values[Math.floor(chance() * values.length)];
}

/// A number in [low, high).
export function between(chance, low, high) {
  return low + chance() * (high - low);
}
