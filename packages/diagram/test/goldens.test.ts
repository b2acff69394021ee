import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mapDiagram, type MapName, pathwayDiagram, type DiagramOptions } from '../src/index.js';
import * as make from './support/model-maker.js';
import { crisisModel } from './support/crisis-model.js';
import { strokeModel } from './support/stroke-model.js';
import { treatmentCentreModel } from './support/treatment-centre-model.js';

const folder = new URL('./goldens/', import.meta.url);
const link = (origin: { readonly file: string; readonly line: number }): string => `${origin.file}#L${origin.line}`;

const drawings: readonly {
  readonly name: string;
  readonly model: typeof strokeModel;
  readonly options: DiagramOptions;
}[] = [
  { name: 'stroke-down', model: strokeModel, options: { link } },
  { name: 'stroke-right-dark', model: strokeModel, options: { direction: 'right', theme: 'dark', link } },
  { name: 'treatment-centre-down', model: treatmentCentreModel, options: {} },
  { name: 'treatment-centre-no-lanes', model: treatmentCentreModel, options: { lanes: 'none' } },
];

const maps: readonly { readonly name: string; readonly map: MapName; readonly options: DiagramOptions }[] = [
  { name: 'crisis-map', map: 'crisis', options: { link } },
  { name: 'crisis-map-down-dark', map: 'crisis', options: { direction: 'down', theme: 'dark' } },
  { name: 'dependency-map', map: 'dependencies', options: { link } },
];

describe('goldens', () => {
  for (const { name, model, options } of drawings) {
    it(name, async () => {
      const { svg } = await pathwayDiagram(model(), 'P', options);
      expectGolden(name, svg);
    });
  }

  for (const { name, map, options } of maps) {
    it(name, async () => {
      const { svg } = await mapDiagram(crisisModel(), map, { ...options, ...make.NO_FLOWS });
      expectGolden(name, svg);
    });
  }
});

function expectGolden(name: string, svg: string): void {
  const file = fileURLToPath(new URL(`${name}.svg`, folder));
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(fileURLToPath(folder), { recursive: true });
    writeFileSync(file, svg);
  }
  expect(svg).toBe(readFileSync(file, 'utf8'));
}
