import { describe, expect, test } from 'vitest';
import { bpmnFile } from '../../src/index.js';
import { EXAMPLES, exampleModel } from './examples.js';
import { schemaFindings } from './schema-findings.js';

describe('BPMN of our own meets the schema of BPMN 2.0', () => {
  test('where every example is a file', { timeout: 60_000 }, async () => {
    const files: Record<string, string> = {};
    for (const name of EXAMPLES) {
      const model = await exampleModel(name);
      for (const { id } of model.pathways) files[`${name}-${id}.bpmn`] = (await bpmnFile(model, id)).xml;
    }
    expect(Object.keys(files).length).toBe(15);
    expect(await schemaFindings(files)).toEqual([]);
  });

  test('and a file that does not is found', async () => {
    const model = await exampleModel('urgent-care');
    const { xml } = await bpmnFile(model, 'UrgentCare');
    expect(await schemaFindings({ 'wrong.bpmn': xml.replaceAll('bpmn:userTask', 'bpmn:nurseTask') })).not.toEqual([]);
  });
});
