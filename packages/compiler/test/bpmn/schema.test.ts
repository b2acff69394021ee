import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { bpmnFile } from '../../src/index.js';
import { EXAMPLES, exampleModel } from './examples.js';

/** The schemas of the Object Management Group, as bpmn-moddle carries them. */
const SCHEMAS = join(dirname(createRequire(import.meta.url).resolve('bpmn-moddle/package.json')), 'resources/bpmn/xsd');

const schema = (name: string): { readonly fileName: string; readonly contents: string } => ({
  fileName: name,
  contents: readFileSync(join(SCHEMAS, name), 'utf8'),
});

/** What the schema of BPMN 2.0 finds in files. */
async function findingsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: Object.entries(files).map(([fileName, contents]) => ({ fileName, contents })),
    schema: [schema('BPMN20.xsd')],
    preload: ['BPMNDI.xsd', 'DC.xsd', 'DI.xsd', 'Semantic.xsd'].map(schema),
    maxMemoryPages: memoryPages.GiB,
  });
  return errors.map(({ message }) => message);
}

describe('BPMN of our own meets the schema of BPMN 2.0', () => {
  test('where every example is a file', { timeout: 60_000 }, async () => {
    const files: Record<string, string> = {};
    for (const name of EXAMPLES) {
      const model = await exampleModel(name);
      for (const { id } of model.pathways) files[`${name}-${id}.bpmn`] = (await bpmnFile(model, id)).xml;
    }
    expect(Object.keys(files).length).toBe(12);
    expect(await findingsOf(files)).toEqual([]);
  });

  test('and a file that does not is found', async () => {
    const model = await exampleModel('urgent-care');
    const { xml } = await bpmnFile(model, 'UrgentCare');
    expect(await findingsOf({ 'wrong.bpmn': xml.replaceAll('bpmn:userTask', 'bpmn:nurseTask') })).not.toEqual([]);
  });
});
