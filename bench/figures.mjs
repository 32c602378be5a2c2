// Prints the measurements as a table: each figure with its peer's value, their ratio and the target, as far as
// available.
//
// A figure is `{ what, value, unit }` with an optional `peer` (the peer's value), `ratio` (of the two), and a target:
// `limit` (at most) or `least` (at least). The target applies to the ratio if there is one, otherwise to the value.
// `details` are further numbers by name, such as other percentiles, in the figure's unit unless the name says
// otherwise.

/// Whether a figure has a target and misses it. A figure that could not be measured misses its target.
export function missed({ value, ratio, limit, least }) {
  const counts = ratio ?? value;
  return (limit !== undefined && !(counts <= limit)) || (least !== undefined && !(least <= counts));
}

/// Prints the figures without empty columns.
export function print(figures) {
  const heads = ['what', 'measured', 'peer', 'ratio', 'target', '', 'details'];
  const lines = figures.map((figure) => [
    figure.what,
    amount(figure.value, figure.unit),
    amount(figure.peer, figure.unit),
    amount(figure.ratio, ''),
    target(figure),
    figure.limit === undefined && figure.least === undefined ? '' : missed(figure) ? 'MISSED' : 'ok',
    Object.entries(figure.details ?? {}).map(([name, value]) => `${name} ${amount(value, '')}`).join(', '),
  ]);
  const used = heads.map((_, column) => column).filter((column) => lines.some((line) => line[column] !== ''));
  const width = (column) => Math.max(...[heads, ...lines].map((line) => line[column].length));
  for (const line of [heads, ...lines]) {
    console.log(used.map((column) => line[column].padEnd(width(column))).join('  ').trimEnd());
  }
}

function target({ ratio, limit, least, unit }) {
  const words = limit !== undefined ? 'at most ' : least !== undefined ? 'at least ' : '';
  return words && words + amount(limit ?? least, ratio === undefined ? unit : '');
}

/// Rounded to three significant digits; nothing here is more precise.
function amount(value, unit) {
  if (value === undefined) {
    return '';
  }
  if (!Number.isFinite(value)) {
    return 'none';
  }
  const rounded =
    Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : Number(value.toPrecision(3)).toString();
  return `${rounded} ${unit}`.trim();
}
