import * as z from 'zod';
import { fileNames } from '../pipeline/file-names.js';
import { defineEmitter } from './emitter.js';
import { jsonText } from './json-text.js';

/** What the engine reads, one file for each study and scenario. */
export const simulationInput = defineEmitter({
  name: 'simulation-input',
  describes: 'Everything that the simulation reads, as JSON, for each study and scenario.',
  options: z.strictObject({}),
  emit(model, { products }) {
    const studies = fileNames(model.studies.map(({ id }) => id));
    return model.studies.flatMap((study) => {
      const scenarios = fileNames(study.scenarios);
      return study.scenarios.map((scenario) => ({
        path: `simulation/${studies.get(study.id) ?? study.id}/${scenarios.get(scenario) ?? scenario}.json`,
        content: jsonText(products.simulationInput(study.id, scenario)),
      }));
    });
  },
});
