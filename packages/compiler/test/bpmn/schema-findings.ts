import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { memoryPages, validateXML } from 'xmllint-wasm';

/** The schemas of the Object Management Group, as bpmn-moddle carries them. */
const SCHEMAS = join(dirname(createRequire(import.meta.url).resolve('bpmn-moddle/package.json')), 'resources/bpmn/xsd');

const schema = (name: string): { readonly fileName: string; readonly contents: string } => ({
  fileName: name,
  contents: readFileSync(join(SCHEMAS, name), 'utf8'),
});

/** What the schema of BPMN 2.0 finds in files. */
export async function schemaFindings(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: Object.entries(files).map(([fileName, contents]) => ({ fileName, contents })),
    schema: [schema('BPMN20.xsd')],
    preload: ['BPMNDI.xsd', 'DC.xsd', 'DI.xsd', 'Semantic.xsd'].map(schema),
    maxMemoryPages: memoryPages.GiB,
  });
  return errors.map(({ message }) => message);
}
