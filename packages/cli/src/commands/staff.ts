import { jsonText, staffingCsv, staffingPlan } from '@pathway/compiler';
import { staffingText } from '../print/staffing-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { scenarioNamed } from '../shell/scenarios.js';
import { createColors } from 'picocolors';

export interface StaffOptions {
  readonly scenario?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly out?: string;
}

/** `pathway staff`: the people that the pathways need, by role and hour of the week. */
export async function staff(path: string | undefined, options: StaffOptions, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const wanted = options.scenario;
  const scenario = wanted === undefined ? model.scenarios[0] : scenarioNamed(model, wanted);
  const plan = staffingPlan(model, scenario?.id);
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const texts = {
    text: () => staffingText(plan, colours),
    json: () => jsonText(plan),
    csv: () => staffingCsv(plan),
  };
  await deliver(texts[options.format](), options.out, context);
  return EXIT.ok;
}
