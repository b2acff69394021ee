import { engineProgram } from '@pathway/interchange';
import { compileInput } from '@pathway/simulation';
import { describe, expect, test } from 'vitest';
import { findingsOf, holds, parametersOf } from '../../../interchange/test/engines/prosimos-files.js';
import { prosimosFile } from '../../src/index.js';
import { drawnByBpmnJs } from './bpmn-js.js';
import { exampleModel } from './examples.js';
import { lintFindings } from './lint-findings.js';
import { schemaFindings } from './schema-findings.js';

/** Studies that Prosimos can say. */
const STUDIES = [
  ['stroke', 'Queues'],
  ['stroke', 'Beds'],
  ['two-territories', 'Home'],
] as const;

async function filesOf(example: string, studyName: string): Promise<{ readonly bpmn: string; readonly json: string }> {
  const model = await exampleModel(example);
  const study = model.studies.find(({ name }) => name === studyName);
  const program = engineProgram(compileInput(model, study?.id ?? '', study?.scenarios[0] ?? ''), 'prosimos', {
    replications: 5,
  });
  if (program.process === undefined) throw new Error(program.refused.join('\n'));
  return { bpmn: await prosimosFile(program.process.chart), json: program.files[1]?.content ?? '' };
}

describe('the files of Prosimos', () => {
  test.each(STUDIES)('meet its schema and that of BPMN, and are drawn without a warning: %s %s', async (...study) => {
    const { bpmn, json } = await filesOf(...study);
    expect(findingsOf(bpmn, json)).toEqual([]);
    expect(await schemaFindings({ 'process.bpmn': bpmn })).toEqual([]);
    expect(await lintFindings(bpmn)).toEqual([]);
    expect(await drawnByBpmnJs(bpmn)).toEqual([]);
    expect(await filesOf(...study)).toEqual({ bpmn, json });
  });

  test('send every patient of the stroke service one way at each gateway', async () => {
    const { json } = await filesOf('stroke', 'Queues');
    const {
      branch_rules: rules,
      case_attributes: attributes,
      gateway_branching_probabilities: gateways,
    } = parametersOf(json);
    const listed = attributes.map(({ name, values }) => ({
      name,
      values: Array.isArray(values) ? values.map(({ key }) => key) : [],
    }));
    const all = listed.reduce<Record<string, string>[]>(
      (cases, { name, values }) => cases.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
      [{}],
    );
    expect(all.length).toBeGreaterThan(1000);
    // Who comes straight to rehabilitation never comes to the acute unit.
    const acute = /AcuteCare|Destination/;
    for (const { gateway_id: gateway, probabilities } of gateways)
      for (const patient of all) {
        const { cohort = '' } = patient;
        if (acute.test(gateway) && cohort.endsWith('ToRehab')) continue;
        const taken = probabilities.filter(({ condition_id: id }) =>
          holds(rules.find((each) => each.id === id)?.rules ?? [], patient),
        );
        if (taken.length !== 1) expect.fail(`${gateway}: ${taken.length} ways for ${JSON.stringify(patient)}`);
      }
  });
});
