// Random documents: the same fields again and again, behind fragments, conditions and aliases.
import { POSSIBLE, written } from './universe.mjs';

const VARIABLES = {
  yes: { declared: '$yes: Boolean!', value: true },
  no: { declared: '$no: Boolean!', value: false },
  usually: { declared: '$usually: Boolean! = true' },
  seldom: { declared: '$seldom: Boolean = false' },
};

/// A random document and its variables. It may be invalid, since nobody looks whether its parts fit together.
export function randomDocument(fields, random) {
  const types = [...Object.keys(fields), 'Query', 'Query', 'Pet', 'Node', 'PetConnection', 'Viewer'];
  const fragments = Array.from({ length: random.below(5) }, (_, number) => ({ name: `F${number}`, on: random.one(types) }));
  const writer = new Writer(fields, fragments, random);
  const operation = writer.set('Query', 0, 0);
  // Fragments may use those behind them, so there is no circle.
  const bodies = fragments.map(({ name, on }, number) => {
    return writer.spread.has(name) ? ` fragment ${name} on ${on} ${writer.set(on, 2, number + 1)}` : '';
  });
  const used = [...writer.variables];
  const declared = used.map((name) => VARIABLES[name].declared).join(', ');
  return {
    query: `query ${declared ? `(${declared}) ` : ''}${operation}${bodies.join('')}`,
    variables: Object.fromEntries(used.map((name) => [name, VARIABLES[name].value]).filter(([, value]) => value !== undefined)),
  };
}

class Writer {
  constructor(fields, fragments, random) {
    Object.assign(this, { fields, fragments, random, spread: new Set(), variables: new Set() });
  }

  set(type, depth, first) {
    const { random } = this;
    const count = 1 + random.below(depth < 3 ? 4 : 2);
    const items = Array.from({ length: count }, () => this.item(type, depth, first));
    return `{ ${items.join(' ')} }`;
  }

  item(type, depth, first) {
    const { random } = this;
    if (depth < 6 && random.percent(18)) {
      return this.inline(type, depth, first);
    }
    const usable = this.fragments.slice(first).filter((fragment) => this.overlap(fragment.on, type));
    if (usable.length > 0 && random.percent(30)) {
      const { name } = random.one(usable);
      this.spread.add(name);
      return `...${name}${this.directive()}`;
    }
    return random.percent(5) ? `__typename${this.directive()}` : this.field(type, depth, first);
  }

  inline(type, depth, first) {
    const on = this.random.percent(60) ? this.condition(type) : undefined;
    return `...${on ? ` on ${on}` : ''}${this.directive()} ${this.set(on ?? type, depth + 1, first)}`;
  }

  field(type, depth, first) {
    const { random } = this;
    const leaves = this.fields[type].filter((field) => !field.type);
    const all = depth < 5 || leaves.length === 0 ? this.fields[type] : leaves;
    const often = all.filter((field) => !field.fails || random.percent(15));
    const field = random.one(often.length > 0 ? often : all);
    const inner = field.type ? ` ${this.set(field.type, depth + 1, first)}` : '';
    const alias = !field.key && random.percent(10) ? `again_${field.name}: ` : '';
    return alias + written(field) + this.directive() + inner;
  }

  directive() {
    const { random } = this;
    if (!random.percent(15)) {
      return '';
    }
    const name = random.one(Object.keys(VARIABLES));
    const condition = random.percent(70) ? `$${name}` : random.one(['true', 'false']);
    if (condition.startsWith('$')) {
      this.variables.add(name);
    }
    return ` @${random.one(['skip', 'include'])}(if: ${condition})`;
  }

  /// A type condition that can hold within a type.
  condition(type) {
    return this.random.one([type, type, ...(POSSIBLE[type] ?? []), ...(POSSIBLE.Node.includes(type) ? ['Node'] : [])]);
  }

  overlap(one, other) {
    const types = (type) => POSSIBLE[type] ?? [type];
    return types(one).some((type) => types(other).includes(type));
  }
}
