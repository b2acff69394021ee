import { activitiesOf, type Activity, type Branch, type Cohort, type Model, type Pathway } from '@pathway/model';
import type { Calibration } from '../calibrate.js';
import { shareInterval } from '../statistics/intervals.js';
import { arrivalsText, attributeText, comments, sourceText, type TextOptions } from './common-parts.js';
import { commented, identifier, quoted } from './names.js';
import { between, count, duration, fitLines, percent } from './numbers.js';
import { uncertainDuration, UncertainNumbers } from './uncertain-numbers.js';

const SOURCE = 'EventLog';

export interface ScenarioOptions extends TextOptions {
  readonly model: Model;
  readonly pathway: Pathway;
  /** How the file of the pathway is imported: `./care.pathway`. */
  readonly importPath: string;
  /** Name of the scenario. */
  readonly name: string;
}

/**
 * The numbers of a log as a scenario of an existing pathway: what it changes are arrivals, attributes of the same name,
 * durations and the shares of named branches. What a scenario cannot set is said in comments. It is not in the canonical
 * form yet.
 */
export function scenarioText(calibration: Calibration, options: ScenarioOptions): string {
  const { pathway, importPath, name } = options;
  const numbers = new UncertainNumbers(SOURCE, [SOURCE, identifier(name)]);
  const settings = [
    ...arrivals(calibration, options, numbers),
    ...attributes(calibration, options),
    ...durations(calibration, options, numbers),
    ...branches(calibration, options, numbers),
  ];
  const lines = [
    '// What an event log says of a pathway, written by `pathway calibrate`. Intervals in comments are 95 %.',
    `import ${quoted(importPath)}`,
    '',
    ...sourceText(calibration, SOURCE, options),
    '',
    ...numbers.lines,
    ...(numbers.lines.length === 0 ? [] : ['']),
    `/** ${commented(`The numbers of the log. ${percent(calibration.replay.fitness)} fitness with ${pathway.name}.`)} */`,
    `scenario ${identifier(name)} ${quoted(name)} {`,
    ...settings,
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** The cohort of a pathway that has exactly one. */
function onlyCohort({ model, pathway }: ScenarioOptions): Cohort | undefined {
  const [first, ...others] = pathway.cohorts;
  return first === undefined || others.length > 0 ? undefined : model.cohorts.find(({ id }) => id === first.cohort);
}

function arrivals({ arrivals: pattern }: Calibration, options: ScenarioOptions, numbers: UncertainNumbers): string[] {
  if (pattern === undefined) return [];
  const { notes, value } = arrivalsText(pattern, numbers);
  const cohort = onlyCohort(options);
  if (cohort === undefined)
    return comments([...notes, `The pathway has several cohorts, so that this rate is that of all together: ${value}`]);
  return [...comments(notes), `set ${cohort.name}.arrives = ${value}`];
}

function attributes(calibration: Calibration, options: ScenarioOptions): string[] {
  const cohort = onlyCohort(options);
  return calibration.attributes.flatMap((mix) => {
    const attribute = cohort?.attributes.find(({ name }) => name.toLowerCase() === mix.name.toLowerCase());
    const { notes, value } = attributeText(mix, calibration.threshold);
    if (attribute === undefined || value === undefined || cohort === undefined) return [];
    if (mix.kind === 'number' && attribute.categories.length === 0)
      return [...comments(notes), `set ${cohort.name}.${attribute.name} = ${value}`];
    return comments([`${attribute.name}: ${notes.join(' ')}`]);
  });
}

function durations(calibration: Calibration, { model, pathway }: ScenarioOptions, numbers: UncertainNumbers): string[] {
  return calibration.steps.flatMap((step) => {
    const owner = model.pathways.find((each) => stepsOf(each).some(({ id }) => id === step.place)) ?? pathway;
    const found = stepsOf(owner).find(({ id }) => id === step.place);
    if (found === undefined) return [];
    if (step.duration === undefined)
      return comments([`${found.name}: seen fewer than ${calibration.threshold} times.`]);
    const elapsed =
      step.measures === 'elapsed'
        ? ['The log has no starts: this is all the time since the step before, waits included.']
        : [];
    const waits = step.wait === undefined ? [] : [`Waited before the start: ${fitLines(step.wait, duration)[0] ?? ''}`];
    return [
      ...comments([...elapsed, ...fitLines(step.duration, duration), ...waits]),
      `set ${owner.name}.${found.name}.takes = ${uncertainDuration(numbers, step.duration, found.name)}`,
    ];
  });
}

function branches(
  { replay, threshold }: Calibration,
  { model, pathway }: ScenarioOptions,
  numbers: UncertainNumbers,
): string[] {
  const reached = [pathway, ...model.pathways.filter(({ id }) => id !== pathway.id)];
  return reached.flatMap((owner) =>
    activitiesOf(owner).flatMap((block): string[] => {
      if (block.kind === 'choose') {
        const counts = block.branches.map((_, i) => replay.choices.get(block.id)?.[i] ?? 0);
        const total = (replay.choices.get(block.id) ?? []).reduce((sum, each) => sum + each, 0);
        if (total < threshold) return [];
        return block.branches.flatMap((branch, i) =>
          branchLines(owner, branch, { taken: counts[i]!, total, threshold }, numbers),
        );
      }
      if (block.kind !== 'repeat') return [];
      const loop = replay.loops.get(block.id);
      if (loop === undefined || loop.entries < threshold) return [];
      const again = loop.rounds - loop.entries;
      return comments([
        `Another round of ${block.name ?? block.id}: ${percent(again / loop.rounds)} (${between(shareInterval(again, loop.rounds), percent)}) of ${count(loop.rounds)} rounds; a scenario cannot set it.`,
      ]);
    }),
  );
}

function branchLines(
  owner: Pathway,
  branch: Branch,
  { taken, total, threshold }: { readonly taken: number; readonly total: number; readonly threshold: number },
  numbers: UncertainNumbers,
): string[] {
  if (taken > 0 && taken < threshold) return comments([`${branch.label}: fewer than ${threshold} of ${count(total)}.`]);
  const note = `${branch.label}: ${count(taken)} of ${count(total)}, ${percent(taken / total)} (${between(shareInterval(taken, total), percent)}).`;
  if (branch.when.kind !== 'share' || branch.name === undefined) return comments([note]);
  return [
    ...comments([note]),
    `set ${owner.name}.${branch.name} = ${numbers.share(taken, total, branch.name, `Share of ${branch.name}`)}`,
  ];
}

type StepActivity = Extract<Activity, { kind: 'step' }>;

/** Steps of a pathway, in textual order. */
export function stepsOf(pathway: Pathway): StepActivity[] {
  return activitiesOf(pathway).filter((activity) => activity.kind === 'step');
}
