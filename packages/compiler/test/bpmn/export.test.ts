import { NUMBER } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { bpmnFile } from '../../src/index.js';
import { EXAMPLES, exampleModel } from './examples.js';
import { lintFindings } from './lint-findings.js';

describe('a pathway as BPMN 2.0', () => {
  test.each(EXAMPLES)('is read without a warning and without a finding of the linter: %s', async (name) => {
    const model = await exampleModel(name);
    for (const { id } of model.pathways) expect(await lintFindings((await bpmnFile(model, id)).xml), id).toEqual([]);
  });

  test('is the same bytes again', async () => {
    const model = await exampleModel('urgent-care');
    expect(await bpmnFile(model, 'UrgentCare')).toEqual(await bpmnFile(model, 'UrgentCare'));
  });

  test('draws every node and way within its pool, and no two nodes on one another', async () => {
    for (const name of EXAMPLES) {
      const model = await exampleModel(name);
      for (const { id } of model.pathways) {
        const { xml } = await bpmnFile(model, id);
        const shapes = [
          ...xml.matchAll(
            /<bpmndi:BPMNShape id="(Node[^"]+)_di"[^>]*>\s*<dc:Bounds x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)"/g,
          ),
        ];
        const boxes = shapes.map(([, of, ...numbers]) => ({
          of,
          box: numbers.map(Number) as [number, number, number, number],
        }));
        const page = xml.slice(0, xml.indexOf('<bpmndi:BPMNDiagram id="Page_1"') >>> 0);
        const inside = boxes.filter(({ of }) => page.includes(`"${of ?? ''}_di"`) && !/_(late|none)$/.test(of ?? ''));
        for (const [i, a] of inside.entries())
          for (const b of inside.slice(i + 1)) {
            const apart =
              a.box[0] + a.box[2] <= b.box[0] ||
              b.box[0] + b.box[2] <= a.box[0] ||
              a.box[1] + a.box[3] <= b.box[1] ||
              b.box[1] + b.box[3] <= a.box[1];
            expect(apart, `${a.of ?? ''} and ${b.of ?? ''}`).toBe(true);
          }
        expect(boxes.length).toBeGreaterThan(0);
      }
    }
  });

  test('tells what BPMN has no words for', async () => {
    const model = await exampleModel('network-outage');
    const { notSaid } = await bpmnFile(model, 'OutpatientCare');
    expect(notSaid).toContain('Appointment: its workaround is in its notes, and not drawn.');
  });

  test('tells that groups who come together are not in BPSim, where people who come alone are', async () => {
    const model = await exampleModel('power-cut');
    const group = { kind: 'number' as const, value: 3, dimension: NUMBER };
    const cohorts = model.cohorts.map((each) =>
      each.arrivals?.kind === 'rate' ? { ...each, arrivals: { ...each.arrivals, group } } : each,
    );
    const alone = model.pathways.filter(({ cohorts: own }) => own.length === 1);
    expect(alone.length).toBeGreaterThan(0);
    for (const { id } of alone) {
      expect((await bpmnFile(model, id)).xml).toContain('bpsim:InterTriggerTimer');
      const { xml, notSaid } = await bpmnFile({ ...model, cohorts }, id);
      expect(xml).not.toContain('bpsim:InterTriggerTimer');
      expect(notSaid.filter((line) => line.includes('has no groups who come together'))).toHaveLength(1);
    }
  });

  test('refuses a pathway that is not there', async () => {
    await expect(bpmnFile(await exampleModel('stroke'), 'Nothing')).rejects.toThrow('There is no pathway Nothing');
  });
});
