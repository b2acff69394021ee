import { compileInput } from '@pathway/simulation';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EXAMPLES, exampleModel } from '../bpmn/examples.js';

/** The schema that stands in `docs/schemas`, as an independent reader takes it. */
const schema = z
  .record(z.string(), z.unknown())
  .parse(
    JSON.parse(readFileSync(new URL('../../../../docs/schemas/simulation-input.schema.json', import.meta.url), 'utf8')),
  );

describe('the simulation inputs of the examples', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  const findings = (input: unknown): readonly string[] =>
    validate(JSON.parse(JSON.stringify(input)))
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

  test.each(EXAMPLES)('meet their published schema, in every study and scenario: %s', async (name) => {
    const model = await exampleModel(name);
    for (const { id, scenarios } of model.studies)
      for (const scenario of scenarios) {
        expect(findings(compileInput(model, id, scenario)), `${id}, ${scenario}`).toEqual([]);
      }
  });

  test('are not met by what is wrong', async () => {
    const model = await exampleModel('stroke');
    const [study] = model.studies;
    const input = compileInput(model, study?.id ?? '', study?.scenarios[0] ?? '');
    expect(findings({ ...input, run: 'a year' })).not.toEqual([]);
    expect(findings({ ...input, pools: [{ facility: 0 }] })).not.toEqual([]);
  });
});
