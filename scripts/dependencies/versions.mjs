// Versions and the ranges in which an advisory is fixed, as RustSec writes them: `>= 0.8.6, < 0.9.0`.

/// Whether an advisory does not concern this version.
export function isPatched(version, { patched, unaffected = [] }) {
  return [...patched, ...unaffected].some((range) => range.split(',').every((bound) => holds(version, bound.trim())));
}

function holds(version, bound) {
  const [, sign, limit] = bound.match(/^(>=|<)\s*(\S+)$/) ?? [];
  if (!sign) {
    throw new Error(`cannot read the range "${bound}": write it with >= and <`);
  }
  return sign === '<' ? compare(version, limit) < 0 : compare(version, limit) >= 0;
}

/// By the three numbers; a pre-release counts as the version that it leads to.
function compare(one, other) {
  const [a, b] = [one, other].map((version) => version.split(/[-+]/)[0].split('.').map(Number));
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
