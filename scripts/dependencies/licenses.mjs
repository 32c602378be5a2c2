// Licence expressions (SPDX), as crates and packages write them.

/// Whether the allowed licences satisfy an expression; `/` is the old way to write OR.
export function isAllowed(expression, allowed) {
  const words = (expression ?? '').replaceAll('/', ' OR ').match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const result = either();
  return result && at === words.length;

  function either() {
    let good = both();
    while (words[at] === 'OR') {
      at += 1;
      good = both() || good;
    }
    return good;
  }

  function both() {
    let good = one();
    while (words[at] === 'AND') {
      at += 1;
      good = one() && good;
    }
    return good;
  }

  function one() {
    if (words[at] === '(') {
      at += 1;
      const good = either();
      at += 1;
      return good;
    }
    let name = words[at++];
    if (words[at] === 'WITH') {
      name += ` WITH ${words[at + 1]}`;
      at += 2;
    }
    return allowed.includes(name);
  }
}
