import { describe, expect, test } from 'vitest';
import { bpmnFile } from '../../src/index.js';
import { drawnByBpmnJs } from './bpmn-js.js';
import { EXAMPLES, exampleModel } from './examples.js';

describe('bpmn-js draws what is exported', () => {
  test.each(EXAMPLES)('all of it, without a warning: %s', async (name) => {
    const model = await exampleModel(name);
    for (const { id } of model.pathways) expect(await drawnByBpmnJs((await bpmnFile(model, id)).xml), id).toEqual([]);
  });

  test('and warns of what is wrong', async () => {
    const { xml } = await bpmnFile(await exampleModel('stroke'), 'SupportedDischarge');
    const id = /<bpmndi:BPMNShape id="[^"]+" bpmnElement="(Node[^"]+)"/.exec(xml)?.[1] ?? '';
    const wrong = xml.replace(`bpmnElement="${id}"`, 'bpmnElement="Nobody"');
    expect((await drawnByBpmnJs(wrong)).join('\n')).toContain('unresolved reference <Nobody>');
  });
});
