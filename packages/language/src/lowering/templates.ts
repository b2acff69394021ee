import type { Binding, DeclaredTemplate, Deployment, Finding, NeededKind, TemplateNeed, Usage } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import type { NeededNode } from '../scope/symbols.js';

/** What a template asks of the place that it is deployed in; its pathway is lowered as any other. */
export function lowerTemplate(node: ast.Pathway, context: LoweringContext): DeclaredTemplate {
  const requirements = node.items.filter(ast.isRequirement);
  return {
    ...context.declarationOf(node, node.items.filter(ast.isSourceReference)),
    needs: requirements.flatMap((each) => lowerRequirement(each, context)),
  };
}

const KINDS: Readonly<Record<NeededNode['$type'], NeededKind>> = {
  Organisation: 'organisation',
  Role: 'role',
  Resource: 'resource',
  NumberDeclaration: 'number',
  Agreement: 'agreement',
};

function lowerRequirement(node: ast.Requirement, context: LoweringContext): TemplateNeed[] {
  if (node.dimension !== undefined) {
    const origin = context.originOf(node);
    const dimension = context.idOf(node.dimension.ref);
    return [{ kind: 'maturity', name: node.dimension.$refText, dimension, points: node.points ?? 0, origin }];
  }
  return node.elements.map((element) => ({
    kind: KINDS[element.$type],
    name: element.name,
    element: context.idOf(element),
    optional: ast.isAgreement(element) || (ast.isNumberDeclaration(element) && !element.example),
    origin: context.originOf(element),
  }));
}

export function lowerDeployment(node: ast.Deployment, context: LoweringContext): Deployment {
  const template = context.idOf(node.template.ref);
  return {
    ...context.declarationOf(node),
    template,
    territory: context.idOf(node.territory.ref),
    pathway: node.name ?? template,
    bindings: node.bindings.map((each) => lowerBinding(each, context)),
  };
}

function lowerBinding(node: ast.Binding, context: LoweringContext): Binding {
  const named = ast.isNameReference(node.value) ? node.value.target.ref : undefined;
  const isElement = ast.isOrganisation(named) || ast.isRole(named) || ast.isResource(named);
  const sources = node.sources.map((source) => context.idOf(source.ref));
  return {
    need: context.idOf(node.need.ref),
    to: isElement
      ? { kind: 'element', element: context.idOf(named) }
      : { kind: 'value', value: lowerExpression(node.value, context), ...(sources.length > 0 && { sources }) },
    origin: context.originOf(node),
  };
}

export function lowerUsage(node: ast.Usage, context: LoweringContext): Usage {
  const { properties } = node;
  const dates = properties.filter(ast.isValidProperty);
  const given = {
    from: dates.find(({ kind }) => kind === 'from')?.date,
    until: dates.find(({ kind }) => kind === 'until')?.date,
    url: properties.find(ast.isUrlProperty)?.url,
    note: properties.find(ast.isNoteProperty)?.note,
  };
  return {
    ...context.declarationOf(node, properties.filter(ast.isSourceReference)),
    templates: node.templates.map((each) => context.idOf(each.ref)),
    results: properties.filter(ast.isResultProperty).map((each) => lowerFinding(each, context)),
    lessons: properties.filter(ast.isLessonProperty).map((each) => lowerFinding(each, context)),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

function lowerFinding(node: ast.ResultProperty | ast.LessonProperty, context: LoweringContext): Finding {
  const sources = node.sources.map((each) => context.idOf(each.ref));
  return { text: node.text, ...(sources.length > 0 && { sources }), origin: context.originOf(node) };
}
