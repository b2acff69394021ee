import { jsonText, ProjectError, staffingCsv, staffingPlan } from '@pathway/compiler';
import type { Model } from '@pathway/model';
import { type CoverTarget, parseCoverTarget, type StaffingOptions } from '@pathway/staffing';
import { staffingText } from '../print/staffing-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { scenarioNamed } from '../shell/named.js';
import { withStudies } from '../shell/studies.js';
import { createColors } from 'picocolors';

export interface StaffOptions {
  readonly scenario?: string;
  readonly target?: string;
  /** `Nurse=5.5`: hours of a role that each patient has in a day. */
  readonly patientHours: readonly string[];
  /** Run the study of the scenario and tell what was at work in it. */
  readonly simulate?: boolean;
  readonly workers?: number;
  readonly format: 'text' | 'json' | 'csv';
  readonly out?: string;
}

/** `pathway staff`: the people that the pathways need, by role and hour of the week. */
export async function staff(path: string | undefined, options: StaffOptions, context: Context): Promise<number> {
  const target = options.target === undefined ? undefined : targetOf(options.target);
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const hoursPerPatientDay = patientHoursOf(model, options.patientHours);
  const wanted = options.scenario;
  const scenario = wanted === undefined ? model.scenarios[0] : scenarioNamed(model, wanted);
  const simulated =
    options.simulate === true ? await simulatedGroups(model, scenario?.id, options, context) : undefined;
  const plan = staffingPlan(model, scenario?.id, {
    hoursPerPatientDay,
    ...(target !== undefined && { target }),
    ...(simulated !== undefined && { simulated }),
  });
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const texts = {
    text: () => staffingText(plan, colours),
    json: () => jsonText(plan),
    csv: () => staffingCsv(plan),
  };
  await deliver(texts[options.format](), options.out, context);
  return EXIT.ok;
}

function targetOf(text: string): CoverTarget {
  const target = parseCoverTarget(text);
  if (target !== undefined) return target;
  throw new ProjectError(
    `${text} is no target for cover.`,
    'Say "delay 20%", "wait 90% within 10 min", "mean wait 5 min" or "workload 95%".',
  );
}

function patientHoursOf(model: Model, given: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    given.map((text) => {
      const [, name = '', number] = /^(.+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
      const hours = Number(number);
      const role = model.roles.find(({ id, name: own }) => id === name || own === name);
      if (role !== undefined && hours > 0 && hours <= 24) return [role.id, hours] as const;
      const roles = model.roles.map(({ name: own }) => own).join(', ');
      throw new ProjectError(
        `${text} is no role with hours of care that a patient has in a day.`,
        `Say it like Nurse=5.5, with a role of this project: ${roles || 'there are none'}.`,
      );
    }),
  );
}

/** What the groups of staff did in the first study with the scenario. */
async function simulatedGroups(
  model: Model,
  scenario: string | undefined,
  options: StaffOptions,
  context: Context,
): Promise<StaffingOptions['simulated']> {
  const study = model.studies.find(({ scenarios }) => scenario !== undefined && scenarios.includes(scenario));
  if (study === undefined || scenario === undefined)
    throw new ProjectError('No study compares this scenario.', 'Declare one: `study … { compare … run … }`.');
  const flags = options.workers === undefined ? {} : { workers: options.workers };
  const results = await withStudies(model, flags, context, (runner) => runner.runStudy(runner.model, study.id));
  const found = results.scenarios.find((each) => each.scenario === scenario);
  return found === undefined ? undefined : { study: study.id, groups: found.resources };
}
