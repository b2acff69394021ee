import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LEAST_PIXELS, LEAST_POINTS } from '@pathway/diagram';
import { EXAMPLES } from '../bpmn/examples.js';
import { loadExample } from '../examples/load-example.js';
import { expectGolden } from '../golden.js';
import { type Drawing, everyDrawing } from './every-view.js';
import { measured, metricTable, none } from './metric.js';

const goldens = (example: string): readonly string[] => {
  const folder = fileURLToPath(new URL(`../goldens/${example}/drawings/`, import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.svg')).sort();
};

describe.each(EXAMPLES)('every view of the example %s', (example) => {
  let drawings: readonly Drawing[] = [];

  it('is drawn like this', { timeout: 60_000 }, async () => {
    drawings = await everyDrawing((await loadExample(example)).model);
    for (const { name, svg } of drawings) expectGolden(`${example}/drawings/${name}.svg`, svg);
    expect(goldens(example)).toEqual(drawings.map(({ name }) => `${name}.svg`).sort());
  });

  it('has nothing on anything else, nothing cut and nothing beyond the page', () => {
    for (const drawing of drawings) {
      const { faults } = measured(drawing);
      expect(faults, drawing.name).toEqual(none(faults));
    }
  });

  it('can be read on A4 and on a projector, where it is parted into sheets', () => {
    for (const drawing of drawings.filter(({ name }) => name.startsWith('overview/'))) {
      const { a4, projector } = measured(drawing).metric;
      expect(a4, drawing.name).toBeGreaterThanOrEqual(LEAST_POINTS);
      // In the other direction where it is not in this one.
      expect(projector, drawing.name).toBeGreaterThanOrEqual(LEAST_PIXELS * 0.7);
    }
  });

  it('measures like this', () => {
    expectGolden(
      `${example}/drawings/metric.txt`,
      metricTable(drawings.map((each) => [each.name, measured(each).metric])),
    );
  });
});
