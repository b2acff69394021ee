import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, describeDimension, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { neededBy } from '../scope/symbols.js';
import type { ValidationContext } from './context.js';
import { describeType } from './kinds-of-value.js';
import { originOf, originOfHead, originOfProperty } from './places.js';
import { kindName, targetOf, withArticle } from './references.js';
import { variationsOf } from './constants.js';

/** Only a template has needs: a pathway names what there is. */
export function* needsAreOfATemplate(requirement: ast.Requirement): Generator<Diagnostic> {
  const pathway = requirement.$container;
  if (!ast.isPathway(pathway) || pathway.template) return;
  const sentence = `\`${pathway.name}\` has needs and is no template; write \`template pathway ${pathway.name}\`.`;
  yield createDiagnostic('PW8041', { sentence }, originOf(requirement), {
    fixes: [{ title: 'Make it a template', edits: [{ origin: startOf(pathway), newText: 'template ' }] }],
  });
}

function startOf(node: AstNode): ReturnType<typeof originOf> {
  const origin = originOf(node);
  return { ...origin, endLine: origin.line, endColumn: origin.column };
}

/** What is deployed is a template. */
export function* deploysATemplate(deployment: ast.Deployment): Generator<Diagnostic> {
  const pathway = targetOf(deployment.template);
  if (pathway === undefined || pathway.template) return;
  const sentence = `\`${pathway.name}\` is no template, so that it cannot be deployed.`;
  yield createDiagnostic('PW8041', { sentence }, originOfProperty(deployment, 'template'), {
    related: [{ message: 'It is declared here.', origin: originOfHead(pathway) }],
  });
}

/** Deployments of one template have different names; one may have the template's own. */
export function* deploymentsDiffer(
  deployment: ast.Deployment,
  { documents }: ValidationContext,
): Generator<Diagnostic> {
  const template = targetOf(deployment.template);
  if (template === undefined || deployment.name !== undefined) return;
  const others = documents
    .flatMap(({ declarations }) => declarations.filter(ast.isDeployment))
    .filter((each) => targetOf(each.template) === template && each.name === undefined);
  if (others[0] === deployment || others.length < 2) return;
  yield createDiagnostic('PW8043', { name: template.name }, originOfHead(deployment));
}

/** Each need is bound once, by what is of its kind. */
export function* bindingsFit(deployment: ast.Deployment, context: ValidationContext): Generator<Diagnostic> {
  const template = targetOf(deployment.template);
  const seen = new Set<AstNode>();
  for (const binding of deployment.bindings) {
    const need = targetOf(binding.need);
    if (need === undefined || template === undefined || !neededBy(template).includes(need)) continue;
    if (seen.has(need)) {
      const sentence = `\`${need.name}\` is bound here for the second time.`;
      yield createDiagnostic('PW8042', { sentence }, originOf(binding));
    }
    seen.add(need);
    yield* bindingFits(binding, need, context);
  }
}

function* bindingFits(
  { value, sources }: ast.Binding,
  need: ast.Bindable,
  { types }: ValidationContext,
): Generator<Diagnostic> {
  if (value === undefined) return;
  const type = types.of(value);
  if (type.kind === 'unknown') return;
  const wanted = kindName(need.$type);
  if (ast.isNumberDeclaration(need)) {
    const measured = types.of(need.value);
    if (measured.kind !== 'quantity') return;
    if (type.kind === 'quantity' && sameDimension(type.dimension, measured.dimension)) {
      if (variationsOf(value).size === 0) return;
      const sentence = `\`${need.name}\` is fixed for a place, and cannot vary with patients or the moment.`;
      yield createDiagnostic('PW8042', { sentence }, originOf(value));
      return;
    }
    const sentence = `\`${need.name}\` is ${describeDimension(measured.dimension)}, not ${describeType(type)}.`;
    yield createDiagnostic('PW8042', { sentence }, originOf(value));
    return;
  }
  const named = type.kind === 'element' ? type.node : undefined;
  if (named?.$type !== need.$type) {
    const found = named === undefined ? describeType(type) : withArticle(kindName(named.$type));
    const sentence = `\`${need.name}\` is ${withArticle(wanted)}, not ${found}.`;
    yield createDiagnostic('PW8042', { sentence }, originOf(value));
  } else if (sources.length > 0) {
    const sentence = `A source tells where a number comes from, and \`${need.name}\` is ${withArticle(wanted)}.`;
    yield createDiagnostic('PW8042', { sentence }, originOf(value));
  }
}

/** Groups of ages are whole years, in order, and nobody is in two of them. */
export function* agesAreApart(node: ast.Territory | ast.PopulationArrivals): Generator<Diagnostic> {
  const groups: readonly (ast.AgeGroupProperty | ast.PopulationRate)[] = ast.isTerritory(node)
    ? node.properties.filter(ast.isAgeGroupProperty)
    : node.rates;
  for (const [index, group] of groups.entries()) {
    const { low, high } = group;
    if (low === undefined) continue;
    if (!Number.isInteger(low) || (high !== undefined && (!Number.isInteger(high) || high < low))) {
      const sentence = 'Ages are whole years, the lower one first: `ages 65 to 79`, `ages 80 and over`.';
      yield createDiagnostic('PW4006', { sentence }, originOf(group));
      continue;
    }
    const other = groups
      .slice(0, index)
      .find((each) => each.low <= (high ?? Infinity) && low <= (each.high ?? Infinity));
    if (other !== undefined) {
      const sentence = 'Some people are in this group of ages and in another one.';
      yield createDiagnostic('PW4006', { sentence }, originOf(group), {
        related: [{ message: 'They are in this one too.', origin: originOf(other) }],
      });
    }
    if (ast.isPopulationRate(group) && group.people !== undefined && !(group.people > 0)) {
      const sentence = 'A rate is for one person or more: `310 per year per 100_000`.';
      yield createDiagnostic('PW4006', { sentence }, originOfProperty(group, 'people'));
    }
  }
}
