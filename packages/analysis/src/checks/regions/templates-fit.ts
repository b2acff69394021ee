import {
  byId,
  createDiagnostic,
  type Deployment,
  type Diagnostic,
  type Model,
  openNeeds,
  peopleOfAge,
  type Template,
  titleOf,
} from '@pathway/model';
import { candidatesFor } from '../../regions/candidates.js';
import { transferTo } from '../../regions/transfer.js';

/** Every deployment says all that its template needs; else it is listed with what comes near, in one finding. */
export function deploymentsAreWhole(model: Model): Diagnostic[] {
  return ofDeployments(model, (deployment, template) => {
    const open = openNeeds(template, deployment);
    if (open.length === 0) return [];
    const needs = open.map((need) => {
      const near = candidatesFor(need, template, deployment.territory, model)
        .slice(0, 3)
        .map(({ element, because }) => `\`${element}\`, ${because}`);
      const found = near.length === 0 ? '' : ` (${near.join('; ')})`;
      return `\`${need.name}\`${found}`;
    });
    const params = {
      template: titleOf(template),
      territory: territoryTitle(deployment, model),
      needs: needs.join(', '),
    };
    const related = open.map(({ name, origin }) => ({ message: `\`${name}\` is needed here.`, origin }));
    return [createDiagnostic('PW8040', params, deployment.origin, { related })];
  });
}

/** A territory is as mature as the templates that are deployed in it need. */
export function territoriesAreReady(model: Model): Diagnostic[] {
  return ofDeployments(model, (deployment, template) => {
    if (!template.needs.some(({ kind }) => kind === 'maturity')) return [];
    const gaps = transferTo(template, deployment.territory, model).gaps.filter(
      ({ need, state }) => need.kind === 'maturity' && state !== 'there',
    );
    return gaps.map(({ title, because }) => {
      const params = {
        template: titleOf(template),
        territory: territoryTitle(deployment, model),
        dimension: title,
        because,
      };
      return createDiagnostic('PW8045', params, deployment.origin);
    });
  });
}

/** Where patients come by population, the people of their ages are known. */
export function populationsAreKnown(model: Model): Diagnostic[] {
  return model.cohorts.flatMap(({ name, title, population, origin }) => {
    if (population === undefined) return [];
    const cohort = title ?? name;
    const { territory: id } = population;
    const territory = id === undefined ? undefined : byId(model.territories, id);
    if (territory === undefined) {
      const reason = 'nothing says of which territory: write `by population of …`, or deploy a template for them';
      return [createDiagnostic('PW8044', { cohort, reason }, origin)];
    }
    return population.rates.flatMap((rate) => {
      const people = peopleOfAge(territory, rate);
      return typeof people === 'string' ? [createDiagnostic('PW8044', { cohort, reason: people }, rate.origin)] : [];
    });
  });
}

function ofDeployments(
  model: Model,
  check: (deployment: Deployment, template: Template) => readonly Diagnostic[],
): Diagnostic[] {
  return (model.deployments ?? []).flatMap((deployment) => {
    const template = byId(model.templates ?? [], deployment.template);
    return template === undefined ? [] : check(deployment, template);
  });
}

function territoryTitle({ territory }: Deployment, model: Model): string {
  const found = byId(model.territories, territory);
  return found === undefined ? territory : titleOf(found);
}
