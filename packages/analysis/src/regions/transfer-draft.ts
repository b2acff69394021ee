import { byId, type Deployment, expressionText, mentionedIn, type Model, type Template } from '@pathway/model';
import type { Gap } from './gaps.js';

/** A `deploy` block with the best that a territory has, what is open as comments; `begun` is what it takes the place of. */
export function draftOf(
  template: Template,
  territory: string,
  gaps: readonly Gap[],
  begun: Deployment | undefined,
  deployed: readonly Deployment[],
): string {
  const lines = gaps.flatMap((gap) => draftLines(gap, template, begun));
  const replaces =
    begun === undefined ? [] : [`// takes the place of the deployment in ${begun.origin.file}:${begun.origin.line}`];
  const pathway = begun?.pathway ?? `${template.name}In${territory.replaceAll(/\W/g, '')}`;
  const isNamed = begun === undefined ? deployed.length > 0 : begun.pathway !== template.id;
  const as = isNamed ? ` as ${name(pathway)}` : '';
  return [...replaces, `deploy ${name(template.name)} in ${name(territory)}${as} {`, ...lines, '}', ''].join('\n');
}

function draftLines(
  { need, title, state, candidates, because, closes }: Gap,
  template: Template,
  begun: Deployment | undefined,
): readonly string[] {
  if (need.kind === 'maturity' || need.kind === 'agreement')
    return state === 'there' ? [] : [`  // ${title}: ${closes ?? because}`];
  if (need.kind === 'number') {
    const said = begun?.bindings.find((each) => each.need === need.element)?.to;
    if (said?.kind === 'value')
      return [`  ${name(need.name)} = ${expressionText(said.value)}${sourcesText(said.sources)}`];
    const number = byId(template.parts.numbers ?? [], need.element);
    if (number === undefined) return [`  // ${closes ?? because}`];
    return [
      `  // ${title}: ${because}`,
      `  ${need.optional ? '// ' : ''}${name(need.name)} = ${expressionText(number.value)}`,
    ];
  }
  const [best, ...others] = candidates;
  if (best === undefined) return [`  // ${title} (${need.kind}): ${closes ?? because}`, `  // ${name(need.name)} =`];
  const also = others.slice(0, 2).map((each) => `${each.element} (${each.because})`);
  return [
    ...(state === 'there' ? [] : [`  // ${title}: ${closes ?? because}`]),
    ...(also.length === 0 ? [] : [`  // or: ${also.join(', ')}`]),
    `  ${name(need.name)} = ${name(best.element)}`,
  ];
}

function sourcesText(sources: readonly string[] = []): string {
  return sources.length === 0 ? '' : ` source ${sources.map(name).join(', ')}`;
}

/** The files that declare what a draft names, each once, in the order of their names. */
export function filesOfDraft(
  template: Template,
  territory: string,
  chosen: ReadonlyMap<string, string>,
  begun: Deployment | undefined,
  model: Model,
): readonly string[] {
  const said = [
    ...mentionedIn(
      begun?.bindings.map(({ to }) => (to.kind === 'value' ? to : [])),
      'bindings',
    ),
  ];
  const named = [
    template,
    byId(model.territories, territory),
    ...[...chosen.values()].map(
      (id) => byId(model.organisations, id) ?? byId(model.roles, id) ?? byId(model.resources, id),
    ),
    ...said.map((id) => byId(model.numbers, id) ?? byId(model.sources, id)),
  ];
  return [...new Set(named.flatMap((each) => (each === undefined ? [] : [each.origin.file])))].sort();
}

/** A name as a text writes it. */
function name(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(text) ? text : `\`${text}\``;
}
