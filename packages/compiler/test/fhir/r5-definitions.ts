import fhirpath from 'fhirpath';
import r5 from 'fhirpath/fhir-context/r5';
import { readFileSync } from 'node:fs';

export interface PublishedSchema {
  readonly $schema: string;
  readonly definitions: Readonly<Record<string, unknown>>;
}

/** What HL7 defines of an element. */
interface ElementDefinition {
  readonly min: number;
  readonly max: string;
  readonly types: readonly string[];
  /** Path of the element whose definition it shares. */
  readonly like?: string;
  /** Of the required value set, where that is a list of codes. */
  readonly codes?: readonly string[];
  readonly rules?: readonly { readonly key: string; readonly expression: string }[];
}

interface Definitions {
  readonly schema: PublishedSchema;
  readonly elements: Readonly<Record<string, ElementDefinition>>;
}

let read: Definitions | undefined;

/** Definitions of R5 (5.0.0, CC0), cut down by `scripts/fhir-definitions.mjs` to the resources that are written. */
export function r5Definitions(): Definitions {
  const file = new URL('../fixtures/fhir/r5.json', import.meta.url);
  return (read ??= JSON.parse(readFileSync(file, 'utf8')) as Definitions);
}

/** What a rule is about that no parser of FHIRPath alone can say: that HTML is allowed. Nothing here has a narrative. */
const NOT_DECIDABLE = 'htmlChecks';

/**
 * What the definitions of R5 find in a bundle: elements that do not exist, stand too seldom or too often, codes that are not
 * in a required value set, and rules (invariants, in FHIRPath) that do not hold.
 */
export function r5Findings(bundle: unknown): readonly string[] {
  const { elements } = r5Definitions();
  const findings: string[] = [];
  const children = new Map<string, readonly string[]>();
  for (const path of Object.keys(elements)) {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    children.set(parent, [...(children.get(parent) ?? []), path]);
  }
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

  /** @param path of the definition; @param place in the bundle; @param resource that it stands in */
  const visit = (value: Readonly<Record<string, unknown>>, path: string, place: string, resource: unknown): void => {
    for (const { key, expression } of elements[path]?.rules ?? [])
      if (!expression.includes(NOT_DECIDABLE) && !holds(value, path, expression, resource))
        findings.push(`${place} breaks ${key}: ${expression}`);
    const known = new Set(['resourceType']);
    for (const child of children.get(path) ?? []) {
      const definition = elements[child];
      if (definition === undefined) continue;
      const found = valuesOf(value, child, definition);
      for (const { name } of found) for (const each of [name, `_${name}`]) known.add(each);
      const all = found.flatMap((each) => each.values.map((item) => ({ ...each, item })));
      if (all.length < definition.min || (definition.max !== '*' && all.length > Number(definition.max)))
        findings.push(`${place}${child.slice(path.length)} stands ${all.length} times`);
      all.forEach(({ item, type, isList, name }, index) => {
        const at = `${place}.${name}${isList ? `[${index}]` : ''}`;
        if (definition.codes !== undefined && typeof item === 'string' && !definition.codes.includes(item))
          findings.push(`${at} is ${item}`);
        if (!isObject(item)) return;
        const kind = typeof item.resourceType === 'string' ? item.resourceType : type;
        const isResource = kind === item.resourceType;
        const own = definition.like ?? (children.has(kind) && !isPart(kind) ? kind : child);
        visit(item, own, at, isResource ? item : resource);
      });
    }
    for (const key of Object.keys(value)) if (!known.has(key)) findings.push(`${place}.${key} is not defined`);
  };
  if (isObject(bundle)) visit(bundle, 'Bundle', 'Bundle', bundle);
  return findings;

  function holds(value: unknown, path: string, expression: string, resource: unknown): boolean {
    const result: unknown = ruleOf(path, expression)(value, { resource, rootResource: resource });
    return !Array.isArray(result) || result.length === 0 || result[0] === true;
  }
}

const rules = new Map<string, ReturnType<typeof fhirpath.compile>>();

function ruleOf(base: string, expression: string): ReturnType<typeof fhirpath.compile> {
  const key = `${base}: ${expression}`;
  const rule = rules.get(key) ?? fhirpath.compile({ base, expression }, r5);
  rules.set(key, rule);
  return rule;
}

/** Parts that a resource defines itself, and not a type. */
function isPart(type: string): boolean {
  return type === 'BackboneElement' || type === 'Element';
}

/** The values of an element, by the names that it has in JSON: `value[x]` has one for each of its types. */
function valuesOf(
  owner: Readonly<Record<string, unknown>>,
  path: string,
  { types }: ElementDefinition,
): readonly {
  readonly name: string;
  readonly type: string;
  readonly isList: boolean;
  readonly values: readonly unknown[];
}[] {
  const own = path.slice(path.lastIndexOf('.') + 1);
  const names = own.endsWith('[x]')
    ? types.map((type) => [own.slice(0, -3) + type.slice(0, 1).toUpperCase() + type.slice(1), type] as const)
    : [[own, types[0] ?? ''] as const];
  return names.map(([name, type]) => {
    const value = owner[name];
    const isList = Array.isArray(value);
    return { name, type, isList, values: isList ? (value as readonly unknown[]) : value === undefined ? [] : [value] };
  });
}
