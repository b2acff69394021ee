import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const schema: unknown = JSON.parse(readFileSync(new URL('./prosimos-parameters.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true, strict: false }).compile(z.record(z.string(), z.unknown()).parse(schema));

const law = z.object({
  distribution_name: z.string(),
  distribution_params: z.array(z.object({ value: z.number() })),
});
const rules = z.array(z.array(z.object({ attribute: z.string(), comparison: z.string(), value: z.string() })));
const parametersSchema = z.object({
  resource_profiles: z.array(
    z.object({
      resource_list: z.array(
        z.object({ id: z.string(), amount: z.number(), calendar: z.string(), assignedTasks: z.array(z.string()) }),
      ),
    }),
  ),
  resource_calendars: z.array(
    z.object({
      id: z.string(),
      time_periods: z.array(z.object({ from: z.string(), to: z.string(), beginTime: z.string(), endTime: z.string() })),
    }),
  ),
  task_resource_distribution: z.array(
    z.object({ task_id: z.string(), resources: z.array(law.extend({ resource_id: z.string() })) }),
  ),
  arrival_time_distribution: law,
  gateway_branching_probabilities: z.array(
    z.object({
      gateway_id: z.string(),
      probabilities: z.array(z.object({ path_id: z.string(), value: z.number(), condition_id: z.string().optional() })),
    }),
  ),
  branch_rules: z.array(z.object({ id: z.string(), rules })),
  batch_processing: z.array(
    z.object({
      task_id: z.string(),
      type: z.string(),
      size_distrib: z.array(z.object({ key: z.string(), value: z.number() })),
      duration_distrib: z.array(z.object({ key: z.string(), value: z.number() })),
      firing_rules: z.array(
        z.array(z.object({ attribute: z.string(), comparison: z.string(), value: z.union([z.number(), z.string()]) })),
      ),
    }),
  ),
  event_distribution: z.array(law.extend({ event_id: z.string() })),
  case_attributes: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      values: z.union([z.array(z.object({ key: z.string(), value: z.number() })), law]),
    }),
  ),
  prioritisation_rules: z.array(z.object({ priority_level: z.number(), rules })),
});

/** What stands in the file of parameters. */
export type Parameters = z.infer<typeof parametersSchema>;

/** The parameters in a file. @throws ZodError where it is none */
export function parametersOf(json: string): Parameters {
  return parametersSchema.parse(JSON.parse(json));
}

/** A process as Prosimos reads it: what it knows of a file of BPMN. */
export interface ReadProcess {
  readonly kinds: ReadonlyMap<string, string>;
  readonly ways: readonly { readonly id: string; readonly from: string; readonly to: string }[];
}

/** The elements that Prosimos reads from a file of BPMN of ours. */
export function processOf(bpmn: string): ReadProcess {
  const kinds = new Map<string, string>();
  const signs =
    /<bpmn:(task|startEvent|endEvent|exclusiveGateway|parallelGateway|intermediateCatchEvent) id="([^"]+)"/g;
  for (const [, kind = '', id = ''] of bpmn.matchAll(signs)) kinds.set(id, kind);
  const ways = [...bpmn.matchAll(/<bpmn:sequenceFlow ([^>]*)>/g)].map(([, attributes = '']) => {
    const of = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    return { id: of('id'), from: of('sourceRef'), to: of('targetRef') };
  });
  return { kinds, ways };
}

/** What is wrong with the two files of Prosimos: of the schema, and of what each says of the other. */
export function findingsOf(bpmn: string, json: string): readonly string[] {
  if (!validate(JSON.parse(json))) return (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`);
  const parameters = parametersOf(json);
  const { kinds, ways } = processOf(bpmn);
  const findings: string[] = [];
  const expectSame = (what: string, a: readonly string[], b: readonly string[]): void => {
    for (const each of a) if (!b.includes(each)) findings.push(`${what}: ${each} is only in the parameters`);
    for (const each of b) if (!a.includes(each)) findings.push(`${what}: ${each} is only in the process`);
    if (new Set(a).size !== a.length) findings.push(`${what}: something stands twice in the parameters`);
  };
  const signs = (kind: string): string[] => [...kinds].flatMap(([id, each]) => (each === kind ? [id] : []));
  const outOf = (id: string): string[] => ways.filter(({ from }) => from === id).map((way) => way.id);
  const into = (id: string): number => ways.filter(({ to }) => to === id).length;
  expectSame(
    'tasks',
    parameters.task_resource_distribution.map(({ task_id }) => task_id),
    signs('task'),
  );
  expectSame(
    'timers',
    parameters.event_distribution.map(({ event_id }) => event_id),
    signs('intermediateCatchEvent'),
  );
  expectSame(
    'choices',
    parameters.gateway_branching_probabilities.map(({ gateway_id }) => gateway_id),
    signs('exclusiveGateway').filter((id) => outOf(id).length > 1),
  );
  for (const { task_id: task } of parameters.batch_processing)
    if (kinds.get(task) !== 'task') findings.push(`batches: there is no task ${task}`);
  const known = new Set(parameters.branch_rules.map(({ id }) => id));
  const names = new Set(parameters.case_attributes.map(({ name }) => name));
  for (const { gateway_id: gateway, probabilities } of parameters.gateway_branching_probabilities) {
    expectSame(
      gateway,
      probabilities.map(({ path_id }) => path_id),
      outOf(gateway),
    );
    const total = probabilities.reduce((sum, { value }) => sum + value, 0);
    if (Math.abs(total - 1) > 1e-9) findings.push(`${gateway}: shares add to ${total}`);
    const conditions = probabilities.flatMap(({ condition_id: id }) => id ?? []);
    if (conditions.length !== 0 && conditions.length !== probabilities.length)
      findings.push(`${gateway}: some ways have no condition`);
    for (const id of conditions) if (!known.has(id)) findings.push(`${gateway}: there is no rule ${id}`);
  }
  for (const { id, rules: lists } of [
    ...parameters.branch_rules,
    ...parameters.prioritisation_rules.map((each) => ({ ...each, id: `priority ${each.priority_level}` })),
  ])
    for (const { attribute } of lists.flat())
      if (!names.has(attribute)) findings.push(`${id}: there is no attribute ${attribute}`);
  for (const { name, values } of parameters.case_attributes) {
    if (!Array.isArray(values)) continue;
    const total = values.reduce((sum, { value }) => sum + value, 0);
    if (Math.abs(total - 1) > 1e-9) findings.push(`${name}: probabilities add to ${total}`);
  }
  const resources = parameters.resource_profiles.flatMap((each) => each.resource_list);
  const calendars = new Set(parameters.resource_calendars.map(({ id }) => id));
  for (const { id, calendar, assignedTasks } of resources) {
    if (!calendars.has(calendar)) findings.push(`${id}: there is no calendar ${calendar}`);
    for (const task of assignedTasks) if (kinds.get(task) !== 'task') findings.push(`${id}: there is no task ${task}`);
  }
  for (const { task_id: task, resources: of } of parameters.task_resource_distribution)
    for (const { resource_id: id } of of)
      if (!resources.some((each) => each.id === id && each.assignedTasks.includes(task)))
        findings.push(`${task}: ${id} is no resource of it`);
  if (signs('startEvent').length !== 1) findings.push('there is not one start');
  if (signs('endEvent').length !== 1) findings.push('there is not one end');
  for (const [id, kind] of kinds) {
    if (kind !== 'startEvent' && into(id) === 0) findings.push(`${id}: nothing leads to it`);
    if (kind !== 'endEvent' && outOf(id).length === 0) findings.push(`${id}: it leads nowhere`);
    const isGateway = kind.endsWith('Gateway');
    if (!isGateway && (into(id) > 1 || outOf(id).length > 1))
      findings.push(`${id}: ways meet or part without a gateway`);
    if (isGateway && into(id) > 1 && outOf(id).length > 1) findings.push(`${id}: ways meet and part at once`);
  }
  return findings;
}

/** Whether rules hold of a case, as Prosimos has it: all of any list. */
export function holds(
  lists: Parameters['branch_rules'][number]['rules'],
  attributes: Readonly<Record<string, string | number>>,
): boolean {
  return lists.some((list) =>
    list.every(({ attribute, comparison, value }) => {
      const own = attributes[attribute];
      if (own === undefined) return false;
      if (comparison === '=') return own === value;
      const isNumber = !Number.isNaN(Number(own)) && !Number.isNaN(Number(value));
      const [a, b] = isNumber ? [Number(own), Number(value)] : [String(own), value];
      switch (comparison) {
        case '!=':
          return a !== b;
        case '<':
          return a < b;
        case '<=':
          return a <= b;
        case '>':
          return a > b;
        default:
          return a >= b;
      }
    }),
  );
}
