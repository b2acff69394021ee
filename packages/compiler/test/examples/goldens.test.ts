import { beforeAll, describe, expect, it } from 'vitest';
import { formatText } from '@pathway/language';
import { formatOrigin } from '@pathway/model';
import { layOut, measureQuality, pathwayGraph } from '@pathway/diagram';
import { compileInput } from '@pathway/simulation';
import { jsonText, staffingPlan } from '../../src/index.js';
import { expectGolden } from '../golden.js';
import { loadExample } from './load-example.js';

describe.each(['stroke', 'treatment-centre', 'urgent-care'])('the example %s', (name) => {
  let example: Awaited<ReturnType<typeof loadExample>>;

  beforeAll(async () => {
    example = await loadExample(name);
  }, 60_000);

  it('is written in the canonical form', () => {
    for (const [file, text] of example.texts) {
      if (!file.endsWith('.pathway') || file.includes(':')) continue;
      expect(formatText(text, file), file).toEqual({ formatted: text });
    }
  });

  it('gives these findings', () => {
    const lines = example.diagnostics.map(
      ({ severity, code, range, message }) => `${formatOrigin(range)} ${severity} ${code} ${message}\n`,
    );
    expectGolden(`${name}/findings.txt`, lines.join(''));
  });

  it('means this model', () => {
    expectGolden(`${name}/model.json`, jsonText(example.model));
  });

  it('is drawn with nothing on anything else, in every direction and with any lanes', async () => {
    for (const { id } of example.model.pathways)
      for (const lanes of ['organisation', 'setting', 'role', 'none'] as const)
        for (const direction of ['down', 'right'] as const) {
          const layout = await layOut(pathwayGraph(example.model, id, lanes), direction);
          const { crossings, bends, area, edgesThroughAreas, ...faults } = measureQuality(layout);
          expect(faults, `${id}, ${lanes}, ${direction}`).toEqual(
            Object.fromEntries(Object.keys(faults).map((name) => [name, 0])),
          );
          // Where lanes are roles, ways between them have to pass holds that lie across.
          if (lanes !== 'role')
            expect({ crossings, edgesThroughAreas }).toEqual({ crossings: 0, edgesThroughAreas: 0 });
          expect(bends / layout.edges.length).toBeLessThan(3);
          expect(area / layout.nodes.length).toBeLessThan(250_000);
        }
  });

  it('is simulated from this input', () => {
    const [study] = example.model.studies;
    const [scenario] = study?.scenarios ?? [];
    expectGolden(
      `${name}/simulation-input.json`,
      jsonText(compileInput(example.model, study?.id ?? '', scenario ?? '')),
    );
  });

  it('needs these people', () => {
    const [scenario] = example.model.scenarios;
    expectGolden(`${name}/staffing.json`, jsonText(staffingPlan(example.model, scenario?.id)));
  });
});
