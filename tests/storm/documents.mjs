// Random documents for any field of a schema, valid as far as the schema tells. Ids are those that answers had.
import { getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType } from 'graphql';

/// These end the log-ins of the members who send everything else.
const LEFT_OUT = ['logOut', 'revokeSession'];
const DEEPEST = 5;
const IDS = 500;
const TEXTS = [
  '', ' ', 'Sweetie', 'a brown dog near the river', 'x'.repeat(300), 'é\u0301', '🐕🐈', '\u202eevil', 'nul\u0000', 'line\nline', "'; DROP TABLE pets; --",
  '%_\\', '<script>', '985112003456789', '+15125550142', '2026-01-01T00:00:00Z', '0', '-1', 'null', '\ud800', '{{7*7}}', '../../etc/passwd',
];
const NUMBERS = [0, 1, -1, 2, 10, 20, 100, 101, 2 ** 31 - 1, -(2 ** 31)];
const FLOATS = [0, 1.5, -97.7431, 30.2672, 90, -90, 180, -180.0001, 1e308, -1e-300, 5e-324];
const SCALARS = {
  Int: (random) => random.one(NUMBERS),
  Float: (random) => random.one(FLOATS),
  Boolean: (random) => random.percent(50),
  String: (random) => random.one(TEXTS),
  DateTime: (random) => random.one(['2026-01-01T00:00:00Z', '2026-11-29T23:59:60Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59+14:00', 'x']),
  EmailAddress: (random) => random.one(['ann@example.org', `m${random.below(1e6)}@example.org`, 'x', 'ä@b.c']),
  PhoneNumber: (random) => random.one(['+15125550142', '(520) 555-0142', '+', '٣']),
  URL: (random) => random.one(['https://x.example/1.jpg', 'http://127.0.0.1/', 'file:///etc/passwd', 'x']),
};

export class Documents {
  constructor(schema, random) {
    this.schema = schema;
    this.random = random;
    this.ids = ['x', '1', 'UGV0OjE=', '00000000-0000-0000-0000-000000000000'];
    this.names = [...new Set(Object.values(schema.getTypeMap()).flatMap((type) => [type.name, ...Object.keys(type.getFields?.() ?? {})]))];
  }

  /// Keeps ids out of an answer, so that later documents ask for things that are there.
  learn(text) {
    for (const [, id] of text.slice(0, 20_000).matchAll(/"(?:id|endCursor|cursor|code)":"([^"]{1,200})"/g)) {
      if (this.ids.length < IDS) {
        this.ids.push(id);
      } else {
        this.ids[this.random.below(IDS)] = id;
      }
    }
  }

  /// `{ query, variables }`, where the variables hold some of the arguments.
  valid(operation = this.random.one(['query', 'query', 'query', 'mutation', 'mutation', 'subscription'])) {
    this.variables = {};
    this.declared = [];
    const type = this.schema.getRootType(operation);
    const fields = Object.values(type.getFields()).filter(({ name }) => !LEFT_OUT.includes(name));
    const count = operation === 'query' ? 1 + this.random.below(3) : 1;
    const roots = Array.from({ length: count }, (_, at) => `r${at}: ${this.field(this.random.one(fields), 1)}`);
    const declared = this.declared.length > 0 ? `(${this.declared.join(', ')})` : '';
    return { query: `${operation} ${declared} { ${roots.join(' ')} }`, variables: this.variables };
  }

  field(field, depth) {
    const given = field.args.filter(({ type }) => isNonNullType(type) || this.random.percent(40));
    const args = given.map((arg) => `${arg.name}: ${this.argument(arg)}`);
    return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${this.selection(getNamedType(field.type), depth)}`;
  }

  argument({ type }) {
    const value = this.value(type, 0);
    if (this.random.percent(50)) {
      const name = `v${this.declared.length}`;
      this.declared.push(`$${name}: ${type}`);
      this.variables[name] = value;
      return `$${name}`;
    }
    return literal(value, type);
  }

  selection(type, depth) {
    if (isLeafType(type)) {
      return '';
    }
    if (isAbstractType(type)) {
      const possible = this.schema.getPossibleTypes(type);
      const parts = [this.random.one(possible), this.random.one(possible)].map((one) => `... on ${one} ${this.selection(one, depth + 1)}`);
      return `{ __typename ${parts[0]} }`;
    }
    const all = Object.values(type.getFields());
    const usable = depth < DEEPEST ? all : all.filter((field) => isLeafType(getNamedType(field.type)));
    const picked = Array.from({ length: 1 + this.random.below(4) }, () => usable.length > 0 && this.random.one(usable)).filter(Boolean);
    const id = type.getFields().id ? 'id ' : '__typename ';
    return `{ ${id}${picked.map((field, at) => `f${depth}${at}: ${this.field(field, depth + 1)}`).join(' ')} }`;
  }

  value(type, depth) {
    if (!isNonNullType(type) && this.random.percent(10)) {
      return null;
    }
    const real = getNullableType(type);
    if (isListType(real)) {
      return Array.from({ length: this.random.below(3) }, () => this.value(real.ofType, depth + 1));
    }
    if (isEnumType(real)) {
      return this.random.one(real.getValues()).name;
    }
    return isInputObjectType(real) ? this.object(real, depth) : this.scalar(real.name);
  }

  scalar(name) {
    return name === 'ID' ? this.random.one(this.ids) : (SCALARS[name] ?? SCALARS.String)(this.random);
  }

  object(type, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = this.random.one(fields);
      return { [field.name]: this.value(field.type, depth + 1) };
    }
    const given = fields.filter((field) => isNonNullType(field.type) || this.random.percent(depth < 3 ? 35 : 5));
    return Object.fromEntries(given.map((field) => [field.name, this.value(field.type, depth + 1)]));
  }
}

function literal(value, type) {
  const real = getNullableType(type);
  if (value === null) {
    return 'null';
  }
  if (isListType(real)) {
    return `[${value.map((item) => literal(item, real.ofType)).join(', ')}]`;
  }
  if (isInputObjectType(real)) {
    const fields = real.getFields();
    return `{ ${Object.entries(value).map(([name, inner]) => `${name}: ${literal(inner, fields[name].type)}`).join(', ')} }`;
  }
  return isEnumType(real) ? value : JSON.stringify(value);
}
