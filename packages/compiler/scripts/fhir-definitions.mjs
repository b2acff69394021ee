/**
 * Cuts HL7's definitions of FHIR R5 down to what checks of our bundles need: the JSON Schema of the resources that are written, and of
 * their elements how often they stand, which codes they may have, and which rules hold. The whole package is 90 MB and is not installed.
 *
 *   npm pack hl7.fhir.r5.core@5.0.0 && tar xzf hl7.fhir.r5.core-5.0.0.tgz
 *   node packages/compiler/scripts/fhir-definitions.mjs package
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = 'package'] = process.argv.slice(2);
const WRITTEN = [
  'Bundle',
  'PlanDefinition',
  'ActivityDefinition',
  'HealthcareService',
  'Organization',
  'PractitionerRole',
  'Location',
];
/** What a rule writes out while it is looked at. */
const TRACE = /\.trace\('[^']*'(?:, ?\w+)?\)/g;
const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** A schema without its descriptions, which no check reads. */
function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inside]) => key !== 'description' || typeof inside !== 'string')
      .map(([key, inside]) => [key, bare(inside)]),
  );
}

function schemaOf() {
  const { $schema, definitions } = read('openapi/fhir.schema.json');
  const reached = new Map();
  const open = [...WRITTEN];
  const look = (value) => {
    if (typeof value !== 'object' || value === null) return;
    if (typeof value.$ref === 'string') open.push(value.$ref.split('/').at(-1));
    Object.values(value).forEach(look);
  };
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    const found =
      name === 'ResourceList'
        ? { oneOf: WRITTEN.map((each) => ({ $ref: `#/definitions/${each}` })) }
        : bare(definitions[name]);
    reached.set(name, found);
    look(found);
  }
  return { $schema, definitions: sorted(reached) };
}

const sorted = (map) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Codes of a code system with those below them; undefined where the package does not hold all. */
function codesOfSystem(url) {
  const name = url.split('/').at(-1);
  const file = [`CodeSystem-${name}.json`, `CodeSystem-v3-${name}.json`].find((each) => existsSync(join(folder, each)));
  if (file === undefined) return undefined;
  const { url: own, content, concept = [] } = read(file);
  if (own !== url || content !== 'complete') return undefined;
  const all = (concepts) => concepts.flatMap((each) => [each.code, ...all(each.concept ?? [])]);
  return all(concept);
}

/** Codes of a value set that names them or whole code systems; undefined for those that need more than that. */
function codesOf(canonical) {
  const file = `ValueSet-${canonical.split('|')[0].split('/').at(-1)}.json`;
  if (!existsSync(join(folder, file))) return undefined;
  const { compose } = read(file);
  if (compose === undefined || compose.exclude !== undefined) return undefined;
  const parts = compose.include.map(({ system, concept, filter, valueSet }) => {
    if (filter !== undefined || valueSet !== undefined) return undefined;
    return concept?.map(({ code }) => code) ?? codesOfSystem(system);
  });
  return parts.includes(undefined) ? undefined : parts.flat();
}

/** Elements of resources and of the types that they are made of, by their paths. */
function elementsOf() {
  const elements = new Map();
  const done = new Set();
  const open = [...WRITTEN];
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    const file = `StructureDefinition-${type}.json`;
    if (done.has(type) || !existsSync(join(folder, file))) continue;
    done.add(type);
    const { kind, snapshot } = read(file);
    if (kind === 'primitive-type') continue;
    for (const { path, min, max, type: types = [], contentReference, binding, constraint = [] } of snapshot.element) {
      const isCode = types.some(({ code }) => code === 'code');
      const codes = isCode && binding?.strength === 'required' ? codesOf(binding.valueSet) : undefined;
      // What every element must be is a matter of the schema.
      const rules = constraint.filter(({ key, severity }) => severity === 'error' && key !== 'ele-1');
      const names = types.map(({ code }) => code.split('/').at(-1));
      elements.set(path, {
        min,
        max,
        types: names,
        ...(contentReference !== undefined && { like: contentReference.split('#').at(-1) }),
        ...(codes !== undefined && { codes }),
        ...(rules.length > 0 && {
          rules: rules.map(({ key, expression }) => ({ key, expression: expression.replace(TRACE, '') })),
        }),
      });
      if (path.includes('.')) open.push(...names.filter((name) => !['Resource', 'BackboneElement'].includes(name)));
    }
  }
  return sorted(elements);
}

const { name, version, license } = read('package.json');
const reduced = { from: `${name}@${version}`, license, schema: schemaOf(), elements: elementsOf() };
const out = new URL('../test/fixtures/fhir/r5.json', import.meta.url);
const lines = (value) =>
  `{\n${Object.entries(value)
    .map(([key, inside]) => `${JSON.stringify(key)}: ${JSON.stringify(inside)}`)
    .join(',\n')}\n}`;
writeFileSync(
  out,
  `{
"from": ${JSON.stringify(reduced.from)},
"license": ${JSON.stringify(reduced.license)},
"schema": { "$schema": ${JSON.stringify(reduced.schema.$schema)}, "definitions": ${lines(reduced.schema.definitions)} },
"elements": ${lines(reduced.elements)}
}
`,
);
console.log(
  `${Object.keys(reduced.schema.definitions).length} types, ${Object.keys(reduced.elements).length} elements`,
);
