import * as z from 'zod';
import { fileNames } from '../pipeline/file-names.js';
import { staffingCsv } from '../pipeline/staffing-plan.js';
import { defineEmitter } from './emitter.js';
import { jsonText } from './json-text.js';

/** How many people the pathways need, one pair of files for each scenario. */
export const staffing = defineEmitter({
  name: 'staffing',
  describes: 'People needed by role, skill and hour of the week, as JSON and CSV, for each scenario.',
  options: z.strictObject({}),
  emit(_model, { products }) {
    const plans = products.staffingPlans();
    const names = fileNames(plans.map(({ scenario }) => scenario));
    return plans.flatMap((plan) => {
      const name = names.get(plan.scenario) ?? plan.scenario;
      return [
        { path: `staffing/${name}.json`, content: jsonText(plan) },
        { path: `staffing/${name}.csv`, content: staffingCsv(plan) },
      ];
    });
  },
});
