#!/usr/bin/env node
// Checks schema.graphql as a reader meets it: it is valid, every element of it is described, every deprecation says
// what to use instead, and every example tab of GraphiQL is a valid request. Usage: check-schema.mjs [FILE]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { examples } from '../web/src/examples.js';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { buildSchema, coerceInputValue, isInputType, parse, specifiedDirectives, typeFromAST, validate, validateSchema } =
  require('graphql');

const file = process.argv[2] ?? 'schema.graphql';
const schema = buildSchema(readFileSync(file, 'utf8'));
const elements = [...describedElements(schema)];
const complaints = [
  ...validateSchema(schema).map((error) => error.message),
  ...elements.filter(({ description }) => !description?.trim()).map(({ path }) => `${path}: has no description`),
  ...elements.filter(deprecatedWithoutRemedy).map(({ path }) => `${path}: the deprecation does not say what to use`),
  ...examples(new Date()).flatMap(complaintsAboutExample),
];

for (const complaint of complaints) {
  console.error(`${file}: ${complaint}`);
}
if (complaints.length > 0) {
  process.exit(1);
}
console.log(`${file}: ${elements.length} elements, all described; the example tabs are valid`);

function* describedElements(schema) {
  const builtIn = new Set(specifiedDirectives.map(({ name }) => name));
  for (const directive of schema.getDirectives()) {
    if (!builtIn.has(directive.name)) {
      yield element(`@${directive.name}`, directive);
    }
  }
  for (const type of Object.values(schema.getTypeMap())) {
    // What the specification defines itself has no definition in the file.
    if (type.astNode) {
      yield element(type.name, type);
      yield* membersOf(type);
    }
  }
}

function* membersOf(type) {
  for (const value of type.getValues?.() ?? []) {
    yield element(`${type.name}.${value.name}`, value);
  }
  for (const field of Object.values(type.getFields?.() ?? {})) {
    yield element(`${type.name}.${field.name}`, field);
    for (const argument of field.args ?? []) {
      yield element(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
}

function element(path, { description, deprecationReason }) {
  return { path, description, deprecationReason };
}

function deprecatedWithoutRemedy({ deprecationReason }) {
  return deprecationReason != null && !/^Use \S.*Removal after \d{4}-\d{2}-\d{2}\./.test(deprecationReason);
}

function complaintsAboutExample({ query, variables }) {
  const document = parse(query);
  const title = /(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ?? query;
  const faults = validate(schema, document).map((error) => error.message);
  if (faults.length === 0) {
    faults.push(...complaintsAboutVariables(document, JSON.parse(variables ?? '{}')));
  }
  return faults.map((fault) => `example ${title}: ${fault}`);
}

/// The operations of a tab share its variables: each must fit where it is used, and none may be left over.
function complaintsAboutVariables(document, values) {
  const faults = [];
  const unused = new Set(Object.keys(values));
  for (const { variable, type } of document.definitions.flatMap((node) => node.variableDefinitions ?? [])) {
    const name = variable.name.value;
    const expected = typeFromAST(schema, type);
    unused.delete(name);
    if (isInputType(expected)) {
      coerceInputValue(values[name], expected, (path, _, error) => {
        faults.push(`$${[name, ...path].join('.')}: ${error.message}`);
      });
    }
  }
  return [...faults, ...[...unused].map((name) => `$${name} is not used`)];
}
