// Reproducible randomness: every run gets the same numbers, so that two runs measure the same work.

/// Numbers in [0, 1) from a non-zero seed: a 32-bit xorshift, good enough to scatter test data.
export function seeded(seed) {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/// Picks one of the values.
export function pick(chance, values) {
  return values[Math.floor(chance() * values.length)];
}

/// A number in [low, high).
export function between(chance, low, high) {
  return low + chance() * (high - low);
}

/// A standard normal deviate, by the Box-Muller transform.
export function normal(chance) {
  const radius = Math.sqrt(-2 * Math.log(1 - chance()));
  return radius * Math.cos(2 * Math.PI * chance());
}

/// Returns a function that picks among the values of `[value, weight]` pairs in proportion to their weights.
export function picker(pairs) {
  const bounds = [];
  pairs.reduce((sum, [, weight]) => (bounds[bounds.length] = sum + weight), 0);
  return (chance) => {
    const mark = chance() * bounds.at(-1);
    let [low, high] = [0, bounds.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = bounds[middle] <= mark ? [middle + 1, high] : [low, middle];
    }
    return pairs[low][0];
  };
}
